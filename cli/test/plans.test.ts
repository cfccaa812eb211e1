// The kept plans are what Terraform says of the scenarios.
import * as fs from 'node:fs';
import { planFile, planNamed } from './plans';
import { planOf, SCENARIOS } from './scenarios';
import { missing } from '../../test/e2e/terraform';
import { exposureOf } from '../src/exposure';
import { Plan } from '../src/plan';
import { questionsOf } from '../src/preflight';

jest.setTimeout(300_000);

const reason = missing();
if (reason) process.stderr.write(`skipped: the kept plans are not compared with Terraform's: ${reason}\n`);

(reason ? describe.skip : describe)('what Terraform plans now says the same as the kept plan', () => {
  test.each(SCENARIOS)('$name', async (scenario) => {
    const text = withoutChance(await planOf(scenario));
    if (process.env.UPDATE_PLANS) fs.writeFileSync(planFile(scenario.name), text);
    const [now, kept] = [Plan.parse(text), planNamed(scenario.name)];
    expect(exposureOf(now).addresses).toEqual(exposureOf(kept).addresses);
    expect(questionsOf(now, undefined)).toEqual(questionsOf(kept, undefined));
  });
});

(reason ? describe.skip : describe)('after the apply', () => {
  test('the API has what exposure said', async () => {
    const has: Record<string, string> = {};
    const text = await planOf(SCENARIOS.find(({ name }) => name === 'for-each-and-modules')!, async (workspace, api) => {
      await workspace.applyPlanned();
      const closed = new Set(api.rules().map(({ InstanceId }) => InstanceId));
      for (const { Ipv6AddressId } of api.bandwidths()) has[Ipv6AddressId] = closed.has(Ipv6AddressId) ? 'outbound only' : 'open';
    });
    const said = exposureOf(Plan.parse(text)).addresses.filter(({ after }) => after !== 'no bandwidth').map(({ address, after }) => [address, after]);
    expect(said).toHaveLength(8);
    expect(Object.fromEntries(said)).toEqual(has);
  });
});

test('each kept plan is one of a scenario', () => {
  const kept = fs.readdirSync(planFile('..').replace(/\.\.\.json$/, '')).filter((file) => file.endsWith('.json'));
  expect(kept.sort()).toEqual(SCENARIOS.map(({ name }) => `${name}.json`).sort());
});

/** Without what depends on the moment: the port, the time, and the order in which the apply bought. */
function withoutChance(plan: string): string {
  const numbers = new Map<string, number>();
  return `${plan.trim()
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:80')
    .replace(/"timestamp":"[^"]*"/, '"timestamp":"2026-01-01T00:00:00Z"')
    .replace(/(ipv6bw|ipv6py)-\d+/g, (id, prefix: string) => {
      numbers.set(id, numbers.get(id) ?? numbers.size + 1);
      return `${prefix}-${numbers.get(id)}`;
    })}\n`;
}
