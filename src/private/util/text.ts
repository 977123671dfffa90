/** The candidate that is the fewest single-character edits away, whatever the case of its letters. */
export function nearest(name: string, candidates: string[]): string {
  const wanted = name.toLowerCase();
  const distances = candidates.map((candidate) => editDistance(wanted, candidate.toLowerCase()));
  return candidates[distances.indexOf(Math.min(...distances))];
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substituted = previous[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substituted, previous[column] + 1, current[column - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
