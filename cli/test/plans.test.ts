// The kept plans are plans of the scenarios, as Terraform makes them.
import * as fs from 'node:fs';
import { byTerraformAddress, planFile, planNamed } from './plans';
import { engineOf, planOf, SCENARIOS, withoutChance } from './scenarios';
import { missing } from '../../test/e2e/terraform';
import { Plan } from '../src/plan';
import { planExposure } from '../src/plan-exposure';
import { questionsOf } from '../src/preflight';
import { Regions } from '../src/regions';

jest.setTimeout(600_000);

const reason = missing();
if (reason) process.stderr.write(`skipped: the kept plans are not compared with Terraform's: ${reason}\n`);

(reason ? describe.skip : describe)('Terraform plans the same as the kept plan', () => {
  test.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s', async (name, scenario) => {
    const engine = engineOf(scenario);
    if (engine === undefined) {
      process.stderr.write(`skipped: ${name}: ${scenario.engine} is not installed\n`);
      return;
    }
    const text = withoutChance(await planOf(scenario));
    if (process.env.UPDATE_PLANS) fs.writeFileSync(planFile(name), text);
    const [now, kept] = [Plan.parse(text), planNamed(name)];
    expect(planExposure(now, byTerraformAddress)).toEqual(planExposure(kept, byTerraformAddress));
    const asked = (plan: Plan) => questionsOf(plan, new Regions({ plan, providerText: () => undefined }, 'cn-hangzhou'));
    expect(asked(now)).toEqual(asked(kept));
  });
});

(reason ? describe.skip : describe)('after the apply', () => {
  test('the API has the addresses that the plan shows', async () => {
    const has: Record<string, string> = {};
    const text = await planOf(SCENARIOS.find(({ name }) => name === 'for-each-and-modules')!, async (workspace, api) => {
      await workspace.applyPlanned();
      const closed = new Set(api.rules().map(({ InstanceId }) => InstanceId));
      for (const { Ipv6AddressId } of api.bandwidths()) has[Ipv6AddressId] = closed.has(Ipv6AddressId) ? 'closed' : 'open';
    });
    const shown = planExposure(Plan.parse(text), byTerraformAddress).rows.filter(({ after }) => after !== 'none').map(({ address, after }) => [address, after]);
    expect(shown).toHaveLength(8);
    expect(Object.fromEntries(shown)).toEqual(has);
  });
});

test('each plan in the folder is the plan of a scenario', () => {
  const kept = fs.readdirSync(planFile('..').replace(/\.\.\.json$/, '')).filter((file) => file.endsWith('.json'));
  expect(kept.sort()).toEqual(SCENARIOS.map(({ name }) => `${name}.json`).sort());
});
