// What the stand-in sees of the command, in whatever suite, is a dry run or only reads.
import { Call, VpcApi } from '../../test/e2e/vpc-api';
import { DRY_RUN_ACTIONS, READ_ONLY_ACTIONS } from '../src/api-actions';

const apis: VpcApi[] = [];
const start = VpcApi.start.bind(VpcApi);
VpcApi.start = async (...args) => {
  const api = await start(...args);
  apis.push(api);
  return api;
};

/** The calls that the command has made in this suite. */
export function callsOfCommand(): Call[] {
  return apis.flatMap((api) => api.calls.filter(({ userAgent }) => userAgent.startsWith('alicloud-ipv6/')));
}

/** Whether a call changes nothing. */
export function onlyAsks({ action, params }: Pick<Call, 'action' | 'params'>): boolean {
  return (READ_ONLY_ACTIONS as readonly string[]).includes(action) || ((DRY_RUN_ACTIONS as readonly string[]).includes(action) && params.DryRun === 'true');
}

afterAll(() => {
  expect(callsOfCommand().filter((call) => !onlyAsks(call))).toEqual([]);
});
