// Synthesizes apps that are drawn at random, always the same ones, into one folder each: node random-apps.ts FOLDER NUMBER
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'cdktf';
import * as fc from 'fast-check';
import { RandomApp, steps, unlessRefused } from '../random-app';

const [folder, number] = process.argv.slice(2);
const SEED = 20_261_124;

fc.sample(steps, { seed: SEED, numRuns: Number(number) }).forEach((drawn, i) => {
  const outdir = path.join(folder, `random-${String(i).padStart(4, '0')}`);
  const made = unlessRefused(() => {
    const app = new App({ outdir, context: { cdktfRelativeModules: [] } });
    const random = new RandomApp(app);
    drawn.forEach((step, at) => random.take(step, at));
    app.synth();
    return random.counts;
  });
  // What is refused is compared too: an app must not become one that is refused, or the other way round.
  if (!made) fs.rmSync(path.join(outdir, 'stacks'), { recursive: true, force: true });
  fs.mkdirSync(outdir, { recursive: true });
  fs.writeFileSync(path.join(outdir, 'outcome.json'), JSON.stringify(made ?? 'refused'));
});
