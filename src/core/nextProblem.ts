/** A place in a manuscript that consists of several texts: the text's number, and an offset in it. */
export interface PlaceIn {
  readonly text: number;
  readonly start: number;
}

/** The first of the places behind another one; behind the last comes the first again. Nothing where there are none. */
export function nextAfter<Place extends PlaceIn>(places: readonly Place[], from: PlaceIn): Place | undefined {
  const inOrder = [...places].sort(compare);
  return inOrder.find(place => compare(place, from) > 0) ?? inOrder[0];
}

function compare(a: PlaceIn, b: PlaceIn): number {
  return a.text - b.text || a.start - b.start;
}
