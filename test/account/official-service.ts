import { createRequire } from 'node:module';
import { OFFICIAL_SDK } from '../e2e/official-models';

// Without its types: to compile against thousands of models takes longer than everything else here.
const load = createRequire(__filename);

/** What the service said. */
export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, any>>;
}

/** Calls an action of the service. Fails where there is no answer. */
export type Ask = (version: string, action: string, params: Readonly<Record<string, string>>) => Promise<Answered>;

export interface ServiceOptions {
  readonly region: string;
  /**
   * HTTPS host and port of all products.
   * @default - each product's own, as the official SDK has it
   */
  readonly endpoint?: string;
}

/** The real service, called by the official SDK with the credentials of the environment. */
export function officialService({ region, endpoint }: ServiceOptions): Ask {
  const { $OpenApiUtil } = load('@alicloud/openapi-core');
  const credentials = {
    accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    securityToken: process.env.ALIBABA_CLOUD_SECURITY_TOKEN,
  };
  if (!credentials.accessKeyId || !credentials.accessKeySecret) {
    throw new Error('no credentials: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, and ALIBABA_CLOUD_SECURITY_TOKEN for a session');
  }
  const clients = new Map(Object.entries(OFFICIAL_SDK).map(([version, sdk]) => {
    const { default: Client } = load(sdk);
    return [version, new Client(new $OpenApiUtil.Config({ ...credentials, regionId: region, endpoint, protocol: 'https', readTimeout: 60_000 }))];
  }));

  return async (version, action, params) => {
    const client = clients.get(version);
    if (!client) throw new Error(`${action}: no product has the version ${version}`);
    const call = new $OpenApiUtil.Params({
      action, version, protocol: 'HTTPS', pathname: '/', method: 'POST', authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json',
    });
    try {
      const { statusCode, body } = await client.callApi(call, new $OpenApiUtil.OpenApiRequest({ query: params }), {});
      return { status: statusCode, body };
    } catch (error) {
      const { statusCode, data } = error as { statusCode?: number; data?: Record<string, unknown> };
      if (typeof statusCode !== 'number' || typeof data?.Code !== 'string') throw error;
      const { statusCode: _status, ...body } = data;
      return { status: statusCode, body };
    }
  };
}
