/** The moment at which the gallery begins: fixtures, ages and ticking times look the same at every visit. */
const BEGINS = Date.UTC(2026, 10, 20, 10, 30);

const RealDate = Date;
const since = performance.now();

/** A `Date` that begins at that moment and runs from there. */
class GalleryDate extends RealDate {
  constructor(...given: [] | [value: number | string | Date]) {
    super(given.length === 0 ? GalleryDate.now() : given[0]);
  }

  static override now(): number {
    return BEGINS + Math.floor(performance.now() - since);
  }
}

/** Dates of several numbers are made as ever; only "now" is another. */
globalThis.Date = new Proxy(GalleryDate, {
  construct: (target, given: unknown[], as) => (given.length > 1 ? (Reflect.construct(RealDate, given) as object) : (Reflect.construct(target, given, as) as object)),
}) as DateConstructor;
