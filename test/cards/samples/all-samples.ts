import { askedSamples } from './asked-samples.js';
import { caseSamples } from './case-samples.js';
import { confirmSamples } from './confirm-samples.js';
import { decisionSamples } from './decision-samples.js';
import { deviationSamples } from './deviation-samples.js';
import { digestSamples } from './digest-samples.js';
import { houseSamples } from './house-samples.js';
import { plainSamples } from './plain-samples.js';
import { requestSamples } from './request-samples.js';
import { rulesSamples } from './rules-samples.js';
import type { SampleCard } from './sample-card.js';

/** Every card of the product, in every state worth looking at. */
export const allSamples: readonly SampleCard[] = [
  ...plainSamples,
  ...confirmSamples,
  ...requestSamples,
  ...decisionSamples,
  ...askedSamples,
  ...caseSamples,
  ...deviationSamples,
  ...houseSamples,
  ...rulesSamples,
  ...digestSamples,
];
