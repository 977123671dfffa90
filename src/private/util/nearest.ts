/**
 * The known name that somebody most likely meant by an unknown one; none where no name is near.
 *
 * Names are compared word by word, since people leave out a word, take a synonym, or write another form of it. A wrong
 * suggestion is worse than none: somebody would grant it. So the first word, which is the verb of an operation, must be
 * the same or a synonym.
 */

/** What the comparison knows of the names' language. */
export interface Vocabulary {
  /** Words of the same meaning, each list in lower case. */
  readonly synonyms: string[][];

  /** Words that say nothing, in lower case, such as the name of the service. */
  readonly ignored: string[];

  /** Whether the first words must agree. */
  readonly sameFirstWord: boolean;
}

/** How alike must be, of 1: two names by their words, two words, and two names by their letters. */
const LEAST_SIMILARITY = 0.72;
const LEAST_WORD_SIMILARITY = 0.6;
const LEAST_SPELLING_SIMILARITY = 0.9;

/** The candidate whose words are most like the name's. */
export function nearest(name: string, candidates: string[], vocabulary: Vocabulary): string | undefined {
  return best(candidates, LEAST_SIMILARITY, (candidate) => similarity(wordsOf(name), wordsOf(candidate), vocabulary));
}

/** The candidate that differs in a few letters alone, or in the case or the style that it is written in. */
export function nearestSpelling(name: string, candidates: string[]): string | undefined {
  const wanted = wordsOf(name).join('');
  return best(candidates, LEAST_SPELLING_SIMILARITY, (candidate) => likeness(wanted, wordsOf(candidate).join('')));
}

function best(candidates: string[], least: number, similarityOf: (candidate: string) => number): string | undefined {
  const similarities = candidates.map(similarityOf);
  const most = Math.max(...similarities);
  return most >= least ? candidates[similarities.indexOf(most)] : undefined;
}

function similarity(wanted: string[], words: string[], vocabulary: Vocabulary): number {
  if (!vocabulary.sameFirstWord) { return wordsInCommon(wanted, words, vocabulary); }
  const [firstWanted = '', ...restWanted] = wanted;
  const [first, ...rest] = words;
  const firstWords = wordLikeness(firstWanted, first, vocabulary);
  // The rest says more of what is meant.
  return firstWords === 0 ? 0 : (firstWords + 3 * wordsInCommon(restWanted, rest, vocabulary)) / 4;
}

/** The share of two lists of words that is in both, measured in characters, each word used once. */
function wordsInCommon(wanted: string[], words: string[], vocabulary: Vocabulary): number {
  const relevant = (all: string[]) => all.filter((word) => !vocabulary.ignored.includes(word));
  const left = relevant(words);
  const total = [...relevant(wanted), ...left].join('').length;
  let common = 0;
  for (const word of relevant(wanted)) {
    const scores = left.map((other) => wordLikeness(word, other, vocabulary));
    const most = Math.max(0, ...scores);
    if (most > 0) {
      const [other] = left.splice(scores.indexOf(most), 1);
      common += most * (word.length + other.length);
    }
  }
  return total === 0 ? 1 : common / total;
}

function wordLikeness(a: string, b: string, { synonyms }: Vocabulary): number {
  if (a !== b && synonyms.some((list) => list.includes(a) && list.includes(b))) { return 0.95; }
  const alike = likeness(a, b);
  return alike >= LEAST_WORD_SIMILARITY ? alike : 0;
}

/** 1 for the same text, less for each single-character edit. */
function likeness(a: string, b: string): number {
  return 1 - editDistance(a, b) / Math.max(a.length, b.length, 1);
}

/** The words of a name in any usual style, in lower case: `CacheNodeType`, `cache-node-type`, `CACHE_NODE_TYPE`. */
export function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}

/** The Levenshtein distance, computed row by row. */
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
