/** The bytes of a body as they come: in about as much memory as they have, however small the pieces are. */

const FIRST_BLOCK = 64 * 1024;

/**
 * A sequence of bytes that grows at its end. A list of pieces would be simpler, and a piece of one byte keeps the whole block
 * alive that its socket read.
 */
export class Gathered {
  #bytes: Buffer = Buffer.alloc(0);
  #size = 0;
  readonly #announced: number;

  /** @param announced how many bytes are to be expected; more or fewer may come */
  constructor(announced = 0) {
    this.#announced = Number.isSafeInteger(announced) ? announced : 0;
  }

  get size(): number {
    return this.#size;
  }

  add(piece: Buffer): void {
    const size = this.#size + piece.length;
    if (this.#size === 0) {
      // Most bodies come in one piece, which needs no copy.
      this.#bytes = piece;
    } else {
      if (size > this.#bytes.length) this.#grow(size);
      piece.copy(this.#bytes, this.#size);
    }
    this.#size = size;
  }

  /** @returns all bytes so far */
  all(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  #grow(size: number): void {
    // What is not written to takes no memory: to announce much and to send little costs nothing here.
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#announced, size * 2, FIRST_BLOCK));
    this.#bytes.copy(grown, 0, 0, this.#size);
    this.#bytes = grown;
  }
}
