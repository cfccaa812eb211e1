import { IConstruct } from 'constructs';
import { Ipv6ExposureRulesProps } from './exposure-limits';

/** The rules of one scope: an app, a stack, or a part of one. */
export interface ExposurePolicy {
  readonly scope: IConstruct;
  readonly limits: Ipv6ExposureRulesProps;
}
