import type { ReadMeter } from '../ports.ts';
import type { SourceEnd } from './source-runner.ts';

/** True while every entry of a list could be read. */
export const isWhole = (meter: ReadMeter): boolean => meter.malformed === 0;

/** A list with an entry that could not be read is not whole: whoever that was must not be taken for gone. */
export const endOfList = (meter: ReadMeter): SourceEnd =>
  isWhole(meter)
    ? {}
    : {
        status: 'partial',
        failure: {
          code: 'response-unexpected',
          message: `Microsoft Graph sent ${meter.malformed === 1 ? 'an entry' : `${meter.malformed} entries`} that could not be understood.`,
          advice: 'Nothing is concluded from what the list lacks. Collect again; if it stays, report it.',
          path: '$.value',
        },
      };
