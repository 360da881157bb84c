/** A text that is cut by code points, as the positions of a record are. JavaScript counts UTF-16 units; beyond the BMP the two differ. */
export class CodePoints {
  readonly text: string;
  /** Length in code points. */
  readonly length: number;
  /** Where each code point begins, in UTF-16 units; null where the two are one. */
  private readonly units: Uint32Array | null;

  constructor(text: string) {
    this.text = text;
    // Surrogates that stand in pairs are what makes the difference; a lone one is a code point for itself, as it is for String's iterator.
    const pairs = text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0;
    this.length = text.length - pairs;
    if (pairs === 0) {
      this.units = null;
      return;
    }
    const units = new Uint32Array(this.length + 1);
    let unit = 0;
    let point = 0;
    for (const character of text) {
      units[point++] = unit;
      unit += character.length;
    }
    units[point] = unit;
    this.units = units;
  }

  /** The UTF-16 position of a code point; positions outside the text become its ends. */
  unit(point: number): number {
    const inside = Math.min(Math.max(point, 0), this.length);
    return this.units ? (this.units[inside] ?? this.text.length) : inside;
  }

  /** The code point at or before a UTF-16 position. */
  point(unit: number): number {
    if (!this.units) return Math.min(Math.max(unit, 0), this.length);
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.units[middle] ?? 0) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  slice(start: number, end: number): string {
    return this.text.slice(this.unit(start), this.unit(end));
  }
}
