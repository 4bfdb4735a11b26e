/** Names of places on a page that stay from run to run, so that a link in a ticket leads to the same finding next month. */

/** Makes anchors from ids: readable, valid in a URL's fragment, and each given once. */
export class Anchors {
  readonly #taken = new Set<string>();
  readonly #known = new Map<string, string>();

  /**
   * @param kind what stands there: `finding`, `cases`
   * @param id its stable id
   * @returns the same anchor for the same id; another one for an id that would look alike
   */
  of(kind: string, id: string): string {
    const key = JSON.stringify([kind, id]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const base = `${kind}-${id.replaceAll(/[^\w.$-]+/g, '-').slice(0, 120)}`;
    let anchor = base;
    for (let count = 2; this.#taken.has(anchor); count += 1) anchor = `${base}-${String(count)}`;
    this.#taken.add(anchor);
    this.#known.set(key, anchor);
    return anchor;
  }
}
