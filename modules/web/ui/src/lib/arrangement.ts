/** Where entries stand in a list: by whole numbers above 0, the highest first. */
export interface Arrangement {
  /** Of an entry that was read now, behind all that were before, or that was written here just now. */
  place(id: number, own: boolean): number;
  /** From which the list goes on behind an entry. */
  goOn(id: number): number;
  /** Of one that is known; undefined where only reading it tells. */
  find(id: number): number | undefined;
  /** The entry that stands there. */
  idAt(place: number): number;
  /** Whether what is new comes at the end, where it moves nothing, and not on top. */
  readonly growsBelow: boolean;
  /** Whether it stays as it was read, since its order may have changed. */
  readonly frozen: boolean;
}

/** The highest id first. */
export const newestFirst: Arrangement = {
  place: (id) => id,
  goOn: (id) => id,
  find: (id) => id,
  idAt: (place) => place,
  growsBelow: false,
  frozen: false
};

const middle = 2 ** 52;

/** The lowest id first. */
export const oldestFirst: Arrangement = {
  place: (id) => middle - id,
  goOn: (id) => middle - id,
  find: (id) => middle - id,
  idAt: (place) => middle - place,
  growsBelow: true,
  frozen: false
};

/** As the server gives them, whatever it orders them by; what is written here stands on top. */
export function asRead(): Arrangement {
  const places = new Map<number, number>();
  const ids = new Map<number, number>();
  let lowest = middle;
  let highest = middle;
  return {
    place(id, own) {
      const known = places.get(id);
      if (known !== undefined) return known;
      const place = own ? ++highest : --lowest;
      places.set(id, place);
      ids.set(place, id);
      return place;
    },
    // A place of its own: who was read may be read again further down, when likes were given meanwhile.
    goOn(id) {
      ids.set(--lowest, id);
      return lowest;
    },
    find: (id) => places.get(id),
    idAt: (place) => ids.get(place) ?? 0,
    growsBelow: false,
    frozen: true
  };
}
