import { VPC_NAME } from './clean-up';
import { Answered, Ask } from './official-service';
import { synthesizeExample } from '../e2e/example-program';
import { Deployment, Outcome } from '../e2e/terraform';

export interface SuiteOptions {
  readonly deployment: Deployment;
  readonly ask: Ask;
  readonly region: string;
  readonly zone: string;
  readonly instanceType: string;
  readonly say: (line: string) => void;
}

type Edit = readonly [from: RegExp, to: string];

const BY_TRAFFIC = 'internetChargeType: InternetChargeType.PAY_BY_TRAFFIC,';

/** Deploys, changes and destroys the examples `new-network` and, for the worker of its network, `egress-only`. */
export async function runSuite(options: SuiteOptions): Promise<void> {
  const { deployment, region, zone, instanceType } = options;
  const { apply, destroy, unchanged } = steps(options);

  const network = (...more: Edit[]) => deployment.take(synthesizeExample(deployment.folder, 'new-network', edited([
    [/region = 'cn-hangzhou'/, `region = '${region}'`],
    [/zoneId = 'cn-hangzhou-k'/, `zoneId = '${zone}'`],
    [/instanceType = 'ecs\.g7\.large'/, `instanceType = '${instanceType}'`],
    [/vpcName: 'new-network'/, `vpcName: '${VPC_NAME}'`],
    [/bandwidth: 10,/, `bandwidth: 1, ${BY_TRAFFIC}`],
    [/bandwidth: 100,/, 'bandwidth: 1,'],
    ...more,
  ])));
  network();
  await apply('new-network', 'deploy');
  await unchanged('new-network');
  const faster: Edit = [/bandwidth: 1, internetChargeType/, 'bandwidth: 2, internetChargeType'];
  network(faster);
  await apply('new-network', 'change the bandwidth of the web server');
  await unchanged('new-network');
  network(faster, [/new Ipv6InternetBandwidth\(stack, 'WorkerBandwidth', \{[^]*?\n\}\);/, '']);
  await apply('new-network', 'take the bandwidth of the worker away');

  const worker = await workerAddress(options);
  const egress = (bandwidth: number) => deployment.take(synthesizeExample(deployment.folder, 'egress-only', edited([
    [/region: 'cn-hangzhou'/, `region: '${region}'`],
    [/ipv6-bp1worker0000000001/, worker.Ipv6AddressId],
    [/vpc-bp1examples0000000001/, worker.VpcId],
    [/bandwidth: 100,/, `bandwidth: ${bandwidth},`],
  ])));
  egress(1);
  await apply('egress-only', 'deploy');
  await unchanged('egress-only');
  egress(2);
  await apply('egress-only', 'change the bandwidth');
  await unchanged('egress-only');
  await destroy('egress-only');
  await destroy('new-network');
}

function steps({ deployment, say }: SuiteOptions) {
  const succeed = (step: string, { code, output }: Outcome) => {
    if (code !== 0) throw new Error(`${step} failed:\n${output}`);
    say(`ok: ${step}`);
  };
  return {
    apply: async (stack: string, what: string) => succeed(`${stack}: ${what}`, await deployment.apply(stack)),
    destroy: async (stack: string) => succeed(`${stack}: destroy`, await deployment.destroy(stack)),
    unchanged: async (stack: string) => {
      const { changes, ...outcome } = await deployment.plan(stack);
      const step = `${stack}: the next plan changes nothing`;
      if (Object.keys(changes).length > 0) throw new Error(`${step}, but: ${JSON.stringify(changes)}`);
      succeed(step, outcome);
    },
  };
}

/** Each edit must change something: an example that reads otherwise would be deployed at its own size. */
function edited(edits: readonly Edit[]): (text: string) => string {
  return (text) => edits.reduce((sofar, [from, to]) => {
    if (!from.test(sofar)) throw new Error(`the example has no ${from}`);
    return sofar.replace(from, to);
  }, text);
}

async function workerAddress({ ask, region }: SuiteOptions): Promise<{ Ipv6AddressId: string; VpcId: string }> {
  const told = (answered: Answered) => {
    if (answered.status !== 200) throw new Error(`${answered.body.Code}: ${answered.body.Message}`);
    return answered.body;
  };
  const { Vpcs } = told(await ask('2016-04-28', 'DescribeVpcs', { RegionId: region, VpcName: VPC_NAME }));
  const [{ VpcId }] = Vpcs.Vpc;
  const { Instances } = told(await ask('2014-05-26', 'DescribeInstances', { RegionId: region, VpcId }));
  const { InstanceId } = Instances.Instance.find((instance: { InstanceName: string }) => instance.InstanceName === 'worker');
  const { Ipv6Addresses } = told(await ask('2016-04-28', 'DescribeIpv6Addresses', { RegionId: region, AssociatedInstanceId: InstanceId }));
  return Ipv6Addresses.Ipv6Address[0];
}
