import { readFileSync, writeFileSync } from 'fs';
import { OUTPUTS } from './outputs';
import { buildModel, readSources } from './sources';

async function main() {
  const model = await buildModel(await readSources());
  for (const { path, wholly, render } of OUTPUTS) {
    writeFileSync(path, render(model, wholly ? '' : readFileSync(path, 'utf8')));
  }
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
