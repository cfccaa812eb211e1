/**
 * Deploys, changes and destroys two examples in an account of Alibaba Cloud, which costs money:
 *
 *   npm run test:account -- --region REGION --zone ZONE --instance-type TYPE --yes-spend [--record FILE]
 *   npm run test:account -- --region REGION --clean-up
 *   npm run test:account -- --check FILE
 *
 * The credentials are those of the environment: ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for a session,
 * ALIBABA_CLOUD_SECURITY_TOKEN. TERRAFORM_BINARY_NAME names another engine. `--endpoint HOST:PORT` leads all calls to a stand-in.
 */
import { parseArgs } from 'node:util';
import { cleanUp, leftVpcs } from './clean-up';
import { officialService } from './official-service';
import { checkRecord, RecordFile } from './record';
import { RecordingRelay } from './recording-relay';
import { describeLimit, limitFor, SpendingGuard } from './spending-limit';
import { runSuite } from './suite';
import { certificate } from '../e2e/certificate';
import { Deployment } from '../e2e/terraform';

const say = (line: string) => console.log(line);

class UsageError extends Error {}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      'region': { type: 'string' },
      'zone': { type: 'string' },
      'instance-type': { type: 'string' },
      'yes-spend': { type: 'boolean' },
      'clean-up': { type: 'boolean' },
      'check': { type: 'string' },
      'record': { type: 'string', default: 'account-record.jsonl' },
      'endpoint': { type: 'string' },
      'pause': { type: 'string' },
    },
  });
  if (values.check) return check(values.check);
  const region = required(values.region, 'region');
  const options = { region, say, pause: values.pause === undefined ? undefined : Number(values.pause) };
  const service = () => officialService({ region, endpoint: values.endpoint });
  if (values['clean-up']) return cleanUp({ ...options, ask: service() });

  const [zone, instanceType] = [required(values.zone, 'zone'), required(values['instance-type'], 'instance-type')];
  const limit = limitFor(instanceType);
  say(`This run costs money in ${region}. It makes:\n${describeLimit(limit)}`);
  if (!values['yes-spend']) throw new UsageError('nothing was done: --yes-spend says that this may be spent');
  const ask = service();
  const left = await leftVpcs({ region, ask });
  if (left.length > 0) throw new UsageError(`an earlier run left ${left.join(', ')}: npm run test:account -- --region ${region} --clean-up`);

  const record = new RecordFile(values.record!);
  const relay = await RecordingRelay.start({
    region, ask, guard: new SpendingGuard(limit), certificate: certificate(), record: (exchange) => record.add(exchange),
  });
  const deployment = new Deployment(relay);
  const interrupted = new Promise<never>((_, reject) => process.once('SIGINT', () => {
    deployment.kill();
    reject(new Error('interrupted'));
  }));
  interrupted.catch(() => undefined);
  try {
    await Promise.race([runSuite({ deployment, ask, region, zone, instanceType, say }), interrupted]);
  } finally {
    await relay.stop();
    await cleanUp({ ...options, ask });
    deployment.remove();
    say(`recorded: ${record.path}`);
  }
  check(record.path);
}

function check(file: string): void {
  const found = checkRecord(file);
  if (found.length > 0) throw new Error(`${file} differs from the official SDK or the stand-in:\n${found.join('\n')}`);
  say(`${file}: nothing differs from the official SDK and the stand-in`);
}

function required(value: string | undefined, name: string): string {
  if (!value) throw new UsageError(`--${name} is missing`);
  return value;
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
