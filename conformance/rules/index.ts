/** All rules, in the order in which their cases are planned. A new rule is a file of its own and a line here. */
import { accepts } from './accepts.ts';
import { requiredMissing } from './required-missing.ts';
import { keyCase } from './key-case.ts';
import { requiredNull } from './required-null.ts';
import { emptyValue } from './empty-value.ts';
import { wrongType } from './wrong-type.ts';
import { enumRefused } from './enum-refused.ts';
import { patternRefused } from './pattern-refused.ts';
import { formatRefused } from './format-refused.ts';
import { boundsRefused } from './bounds-refused.ts';
import { unknownProperty } from './unknown-property.ts';
import { duplicateItems } from './duplicate-items.ts';
import { parameterMissing } from './parameter-missing.ts';
import { parameterRefused } from './parameter-refused.ts';
import { writeOnly } from './write-only.ts';
import { refusedFixture } from './refused-fixture.ts';
import { errorNamesField } from './error-names-field.ts';
import { refusedLeavesNoTrace } from './refused-leaves-no-trace.ts';
import { roundTrip } from './round-trip.ts';
import { presence } from './presence.ts';
import { identifierValuesRule } from './identifier-values.ts';
import { acceptsValue } from './accepts-value.ts';
import { defaultValue } from './default-value.ts';
import { equalValues } from './equal-values.ts';
import { updateIsolates } from './update-isolates.ts';
import { updateUnknown } from './update-unknown.ts';
import { immutable } from './immutable.ts';
import { serverTime } from './server-time.ts';
import { firstValue } from './first-value.ts';
import { answers } from './answers.ts';
import { childOf } from './child-of.ts';
import { deleteRemoves } from './delete-removes.ts';
import { patchKeeps } from './patch-keeps.ts';
import { putStores } from './put-stores.ts';
import { preconditions } from './preconditions.ts';
import { idempotencyHeaderRule } from './idempotency-header.ts';
import { advances } from './advances.ts';
import { forgedReadOnly } from './forged-read-only.ts';
import { unknownId } from './unknown-id.ts';
import { authMissing } from './auth-missing.ts';
import { authInvalid } from './auth-invalid.ts';
import { authScheme } from './auth-scheme.ts';
import { roleAllowed } from './role-allowed.ts';
import { roleRefused } from './role-refused.ts';
import { malformedJson } from './malformed-json.ts';
import { wrongJsonShape } from './wrong-json-shape.ts';
import { wrongMediaType } from './wrong-media-type.ts';
import { wrongMethod } from './wrong-method.ts';
import { robustInput } from './robust-input.ts';
import { listContains } from './list-contains.ts';
import { singleRecord } from './single-record.ts';
import { listPageSize } from './list-page-size.ts';
import { listDefaultSize } from './list-default-size.ts';
import { listPages } from './list-pages.ts';
import { listBounds } from './list-bounds.ts';
import { listSort } from './list-sort.ts';
import { listDefaultOrder } from './list-default-order.ts';
import { listFilter } from './list-filter.ts';
import { listFiltersBy } from './list-filters-by.ts';
import { idempotencyRepeat } from './idempotency-repeat.ts';
import { idempotencyReference } from './idempotency-reference.ts';
import { idempotencyOtherBody } from './idempotency-other-body.ts';
import { idempotencyOtherKey } from './idempotency-other-key.ts';
import { idempotencyFailedFirst } from './idempotency-failed-first.ts';
import { idempotencyRace } from './idempotency-race.ts';
import { concurrentCreates } from './concurrent-creates.ts';
import { uniqueIds } from './unique-ids.ts';
import { linkResolves } from './link-resolves.ts';
import { statusDocumented } from './status-documented.ts';
import { contentType } from './content-type.ts';
import { responseBody } from './response-body.ts';
import { responseHeaders } from './response-headers.ts';
import { noServerError } from './no-server-error.ts';
import { httpStatusInBody } from './http-status-in-body.ts';
import { jsonOddities } from './json-oddities.ts';
import { explore } from './explore.ts';
import type { Rule } from './types.ts';

export const rules: Rule[] = [
  accepts,
  requiredMissing,
  keyCase,
  requiredNull,
  emptyValue,
  wrongType,
  enumRefused,
  patternRefused,
  formatRefused,
  boundsRefused,
  refusedFixture,
  errorNamesField,
  refusedLeavesNoTrace,
  roundTrip,
  presence,
  identifierValuesRule,
  acceptsValue,
  defaultValue,
  equalValues,
  updateIsolates,
  updateUnknown,
  immutable,
  advances,
  serverTime,
  firstValue,
  patchKeeps,
  forgedReadOnly,
  unknownId,
  authMissing,
  authInvalid,
  authScheme,
  roleAllowed,
  roleRefused,
  malformedJson,
  wrongJsonShape,
  wrongMediaType,
  wrongMethod,
  robustInput,
  listContains,
  singleRecord,
  listPageSize,
  listDefaultSize,
  listPages,
  listBounds,
  listSort,
  listDefaultOrder,
  listFilter,
  listFiltersBy,
  idempotencyRepeat,
  idempotencyReference,
  idempotencyOtherBody,
  idempotencyOtherKey,
  idempotencyFailedFirst,
  idempotencyRace,
  concurrentCreates,
  uniqueIds,
  linkResolves,
  statusDocumented,
  contentType,
  responseBody,
  responseHeaders,
  noServerError,
  httpStatusInBody,
  jsonOddities,
  deleteRemoves,
  childOf,
  unknownProperty,
  duplicateItems,
  parameterMissing,
  parameterRefused,
  writeOnly,
  answers,
  putStores,
  preconditions,
  idempotencyHeaderRule,
  explore,
];

/** Rules of what no built-in contract has: their faults are in the bench of plain documents. */
export const plainRuleIds: string[] = [
  patchKeeps,
  deleteRemoves,
  childOf,
  answers,
  putStores,
  preconditions,
  idempotencyHeaderRule,
  unknownProperty,
  duplicateItems,
  parameterMissing,
  parameterRefused,
  writeOnly,
].map(({ id }) => id);

/** Ids of all rules, stable once published. */
export const ruleIds: string[] = rules.map(({ id }) => id);
