import { readFileSync } from 'fs';
import { CacheAccessStack } from '../../examples/typescript/cache-access-stack';
import { ElastiCacheAccessReport } from '../../src';
import { newApp } from '../harness';

const EXAMPLE = 'docs/access-report.example.md';

// Red if the report of the page is not what the example gives. Synthesis tells how to write it again.
test('the report in docs/ is that of examples/typescript, and docs/review.md has its summary', () => {
  const app = newApp();
  const report = new ElastiCacheAccessReport(app, 'ElastiCacheAccess', { approved: EXAMPLE });
  new CacheAccessStack(app, 'CacheAccess');
  app.synth();
  expect(report.toMarkdown()).toBe(readFileSync(EXAMPLE, 'utf8'));
  const [summary] = /\| Principal \| Operations(.*\n)+?(?=\n)/.exec(report.toMarkdown())!;
  expect(readFileSync('docs/review.md', 'utf8')).toContain(`\n${summary}\n`);
});
