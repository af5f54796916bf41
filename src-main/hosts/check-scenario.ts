import { AppError } from '../core/app-error.ts';
import { scenarios } from '../demo/simulation/scenarios.ts';

/** Throws `input-invalid`, with the names that there are, when the demo tenant knows no such scenario. */
export const checkScenario = (name: string | undefined): void => {
  if (name === undefined || Object.hasOwn(scenarios, name)) return;
  throw new AppError({
    code: 'input-invalid',
    message: 'The demo tenant has no scenario of this name.',
    advice: `Choose one of: ${Object.keys(scenarios).join(', ')}.`,
    fields: [{ field: 'scenario', reason: 'is not known' }],
  });
};
