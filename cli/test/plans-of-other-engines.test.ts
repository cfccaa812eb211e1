// What other engines say of the scenarios is read as what Terraform 1.11 says of them.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { byTerraformAddress, planFile, planNamed } from './plans';
import { planOf, SCENARIOS, withoutChance } from './scenarios';
import { missing } from '../../test/e2e/terraform';
import { Plan } from '../src/plan';
import { planExposure } from '../src/plan-exposure';
import { questionsOf } from '../src/preflight';
import { Regions } from '../src/regions';

jest.setTimeout(300_000);

const folder = path.dirname(planFile('any'));
const engines = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
  .filter((name) => /^(terraform|opentofu)-\d/.test(name));

/** The plans of the program that TERRAFORM_BINARY_NAME names are made by KEEP_PLANS_AS, the name of their folder. */
const kept = process.env.KEEP_PLANS_AS;
(kept ? describe : describe.skip)('keeps the plans of another engine', () => {
  test.each(SCENARIOS)('$name', async (scenario) => {
    expect(missing()).toBeUndefined();
    fs.mkdirSync(path.join(folder, kept!), { recursive: true });
    fs.writeFileSync(path.join(folder, kept!, `${scenario.name}.json`), withoutChance(await planOf(scenario)));
  });

  test('under the name of its version', () => {
    const version = execFileSync(process.env.TERRAFORM_BINARY_NAME!, ['version'], { encoding: 'utf8', env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
    expect(version.split('\n')[0].replace(' v', '-').toLowerCase()).toBe(kept);
  });
});

describe.each(engines)('a plan of %s', (engine) => {
  const names = SCENARIOS.map(({ name }) => name).filter((name) => fs.existsSync(path.join(folder, engine, `${name}.json`)));

  test.each(names)('%s', (name) => {
    const plan = Plan.parse(fs.readFileSync(path.join(folder, engine, `${name}.json`), 'utf8'));
    expect(planExposure(plan, byTerraformAddress)).toEqual(planExposure(planNamed(name), byTerraformAddress));
    expect(plan.isComplete).toBe(planNamed(name).isComplete);
    const asked = (each: Plan) => questionsOf(each, new Regions({ plan: each, providerText: () => undefined }, 'cn-hangzhou'));
    expect(asked(plan)).toEqual(asked(planNamed(name)));
  });
});
