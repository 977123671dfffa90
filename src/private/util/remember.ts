/**
 * Functions that remember what they have computed.
 *
 * CDK takes long to resolve a token, and an app asks for the same few values again and again. What belongs to one
 * construct is forgotten with the next one, so that an app with many grants doesn't hold the texts of all of them.
 */
import { IConstruct } from 'constructs';

/**
 * Makes something for a text, once for each.
 *
 * @param most how many are kept; then all are forgotten, so that what belongs to no construct takes little memory.
 */
export function keepEach<T>(make: (text: string) => T, most: number = Infinity): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let made = known.get(text);
    if (made === undefined) {
      made = make(text);
      if (known.size === most) { known.clear(); }
      known.set(text, made);
    }
    return made;
  };
}

/**
 * Makes something for a construct, and keeps it until it is made for another one: a grant is mostly made and attached
 * before the next one.
 */
export function keepLast<T>(make: (construct: IConstruct) => T): (construct: IConstruct) => T {
  let last: { readonly construct: IConstruct; readonly made: T } | undefined;
  return (construct) => {
    if (last?.construct !== construct) {
      last = { construct, made: make(construct) };
    }
    return last!.made;
  };
}
