import { exportsUnderPrefix, objectsUnderPrefix } from '../../../src/private/s3/object-arns';
import { Diagnostics } from '../../../src/private/util/diagnostics';

const CONTEXT = { method: 'It', prefixMethod: 'It' };
const BUCKET = 'arn:aws:s3:::exports';

function read(prefix: unknown) {
  const diagnostics = new Diagnostics();
  const said: string[] = [];
  diagnostics.warning = (id, text) => { said.push(`${id}: ${text}`); };
  const objects = exportsUnderPrefix(BUCKET, prefix as string, CONTEXT, diagnostics);
  return { objects, said: [...diagnostics.errorTexts, ...said] };
}

test('exports are under a prefix, which has a warning where it has capitals', () => {
  expect(read('nightly/')).toEqual({ objects: [{ bucketArn: BUCKET, prefix: 'nightly/' }], said: [] });
  expect(read('Nightly/')).toEqual({
    objects: [{ bucketArn: BUCKET, prefix: 'Nightly/' }],
    said: ['capitalsInPrefix: It: prefix "Nightly/" has capitals, and ElastiCache keeps the names of snapshots, with '
      + 'which exported keys begin, in lower case: pass "nightly/", or acknowledge this warning if your exported '
      + 'objects '
      + 'have such keys'],
  });
});

test.each([[5], [null], [undefined], [['A']]])('a prefix may not be %j', (prefix) => {
  expect(read(prefix)).toEqual({
    objects: [], said: [expect.stringMatching(/^It: prefix is .+: expected text, such as /)],
  });
});

test('a prefix is checked though its bucket is not known', () => {
  const diagnostics = new Diagnostics();
  objectsUnderPrefix(undefined, 'a,b', CONTEXT, diagnostics);
  expect(diagnostics.errorTexts).toEqual([
    'It: prefix "a,b" has a comma, and SnapshotArns separates ARNs by commas: copy the object to a key without one',
  ]);
});
