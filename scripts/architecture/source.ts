import { posix } from 'node:path';
import ts from 'typescript';

/** What an architecture rule looks at: one source file, taken apart. */
export interface Source {
  /** From the repository's root, with `/`: `conformance/rules/auth.ts`. */
  readonly path: string;
  /** Everything imported, exported from elsewhere or loaded lazily; relative ones resolved to a path from the root. */
  readonly imports: readonly string[];
  /** Every use of a global whose value changes from run to run or reaches outside: `Math.random`, `process`, `new Date()`. */
  readonly impure: readonly string[];
  /** Texts of string literals and template pieces. */
  readonly texts: readonly string[];
  /** Names that the code uses or declares. */
  readonly identifiers: ReadonlySet<string>;
  /** Titles of `it`, `test` and `describe`, and values of `title` properties. */
  readonly titles: readonly string[];
}

const impureGlobals = new Set([
  'process',
  'fetch',
  'performance',
  'crypto',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'console',
]);
const impureMembers = new Set(['Math.random', 'Date.now']);
const testCalls = new Set(['it', 'test', 'describe']);

/** Takes one file apart with the TypeScript parser, so that comments and strings are never mistaken for code. */
export function parseSource(path: string, code: string): Source {
  const file = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true);
  const imports: string[] = [];
  const impure: string[] = [];
  const texts: string[] = [];
  const identifiers = new Set<string>();
  const titles: string[] = [];

  const visit = (node: ts.Node): void => {
    const specifier = moduleSpecifier(node);
    if (specifier !== undefined) imports.push(resolveFrom(path, specifier));
    const use = impureUse(node);
    if (use !== undefined) impure.push(use);
    if (ts.isIdentifier(node)) identifiers.add(node.text);
    const text = literalText(node);
    if (text !== undefined && specifier === undefined && !isModuleName(node)) texts.push(text);
    const title = titleOf(node);
    if (title !== undefined) titles.push(title);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { path, imports, impure, texts, identifiers, titles };
}

function resolveFrom(path: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
}

function moduleSpecifier(node: ts.Node): string | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
    return ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : undefined;
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [first] = node.arguments;
    return first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return node.argument.literal.text;
  }
  return undefined;
}

function isModuleName(node: ts.Node): boolean {
  return ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent);
}

function literalText(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
    return node.text;
  return undefined;
}

function impureUse(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const member = `${node.expression.text}.${node.name.text}`;
    return impureMembers.has(member) ? member : undefined;
  }
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && (node.arguments?.length ?? 0) === 0)
    return 'new Date()';
  if (ts.isCallExpression(node) && isNamed(node.expression, 'Date')) return 'Date()';
  if (ts.isIdentifier(node) && impureGlobals.has(node.text) && isExpressionUse(node)) return node.text;
  return undefined;
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}

/** `process` in `session.process`, in `{ process: 1 }`, as a parameter's name or in a type is another thing than the global. */
function isExpressionUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return true;
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node;
  return ts.isElementAccessExpression(parent) && parent.expression === node;
}

function titleOf(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node)) {
    const [first] = node.arguments;
    return first !== undefined && testCalls.has(calleeRoot(node.expression)) ? wholeText(first) : undefined;
  }
  if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === 'title')
    return wholeText(node.initializer);
  return undefined;
}

/** The `it` of `it(…)`, `it.each(table)(…)` and `it.skipIf(x)(…)`. */
function calleeRoot(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node) || ts.isTaggedTemplateExpression(node)) {
    return calleeRoot(ts.isTaggedTemplateExpression(node) ? node.tag : node.expression);
  }
  return '';
}

function wholeText(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('…');
  return undefined;
}
