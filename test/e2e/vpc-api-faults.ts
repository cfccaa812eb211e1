import { ApiErrorCode } from './vpc-api-errors';

/** What goes wrong with a call. */
export type Fault = (
  /** the call is refused with this code, whatever it asks: throttling, 5xx */
  | { readonly kind: 'error'; readonly code: ApiErrorCode }
  /** the connection is cut before the call has any effect */
  | { readonly kind: 'cutBeforeWrite' }
  /** the call takes effect, then the connection is cut: its answer is lost */
  | { readonly kind: 'cutAfterWrite' }
  /** the call takes effect, and its answer comes late */
  | { readonly kind: 'slow'; readonly delayMs: number }
) & {
  /** @default 1 */
  readonly times?: number;
  /**
   * Only calls with these parameters.
   * @default - every call of the action
   */
  readonly where?: Readonly<Record<string, string>>;
};

/** The faults that are still to come. Those of one action happen in the order in which they were asked for. */
export class Faults {
  private readonly queue: Array<{ action: string; fault: Fault; left: number }> = [];

  public add(action: string, fault: Fault): void {
    this.queue.push({ action, fault, left: fault.times ?? 1 });
  }

  public take(action: string, params: Readonly<Record<string, string>>): Fault | undefined {
    const next = this.queue.find(({ action: wanted, fault, left }) => wanted === action && left > 0
      && Object.entries(fault.where ?? {}).every(([name, value]) => params[name] === value));
    if (next) {
      next.left--;
    }
    return next?.fault;
  }
}
