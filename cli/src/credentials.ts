import { setTimeout as delay } from 'node:timers/promises';
import Credential from '@alicloud/credentials';
import { Credentials } from './signature';

/** Milliseconds that the chain may take: its last link asks for the role of an ECS instance. */
const MOST_TIME = 20_000;

/**
 * The credentials of the environment: those of the official SDKs' default chain (environment, OIDC, profile, RAM role), else the
 * provider's own variables.
 */
export class CredentialsFinder {
  private readonly chain = new Credential();
  private ofProvider: Credentials | undefined;
  private isChainEmpty = false;
  private first?: Promise<Credentials | undefined>;

  /** A note about the credentials; undefined for none. */
  note: string | undefined;

  /** Finds them. A session's token may run out: the chain renews it. */
  async find(): Promise<Credentials | undefined> {
    this.first ??= this.findFirst();
    const found = await this.first;
    return this.isChainEmpty ? found : await this.askChain() ?? found;
  }

  private async findFirst(): Promise<Credentials | undefined> {
    const found = await this.askChain();
    this.isChainEmpty = !found;
    const { ALICLOUD_ACCESS_KEY: accessKeyId, ALICLOUD_SECRET_KEY: accessKeySecret, ALICLOUD_SECURITY_TOKEN: securityToken } = process.env;
    if (accessKeyId && accessKeySecret) this.ofProvider = { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
    if (found) {
      if (this.ofProvider && this.ofProvider.accessKeyId !== found.accessKeyId) this.note = 'the credentials are those of the official SDKs, not those of ALICLOUD_ACCESS_KEY';
      return found;
    }
    this.note = this.ofProvider ? 'the credentials are those of ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY and ALICLOUD_SECURITY_TOKEN' : NO_CREDENTIALS;
    return this.ofProvider;
  }

  private async askChain(): Promise<Credentials | undefined> {
    const late = new AbortController();
    try {
      const found = await Promise.race([this.chain.getCredential(), delay(MOST_TIME, undefined, { signal: late.signal })]);
      const { accessKeyId, accessKeySecret, securityToken } = found ?? {};
      if (!accessKeyId || !accessKeySecret) return undefined;
      return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
    } catch {
      // Its message may quote the file of a profile, or the answer of a token service.
      return undefined;
    } finally {
      late.abort();
    }
  }
}

export const NO_CREDENTIALS = 'no credentials were found: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, a profile, a RAM role or OIDC, '
  + 'as for the official SDKs; or ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY, as for the provider';
