import { caseSamples } from './case-samples.js';
import { confirmSamples } from './confirm-samples.js';
import { decisionSamples } from './decision-samples.js';
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
  ...caseSamples,
  ...houseSamples,
  ...rulesSamples,
];
