/**
 * The field's short forms, each with its long ones, so that a text that has one form is found by the other. Words of the
 * dataset's vocabulary are among them, for a writer's own entries have no labels. American spelling; the search knows the other.
 */
const longForms: Readonly<Record<string, readonly string[]>> = {
  act: ['acceptance and commitment therapy'],
  ampa: ['alpha-amino-3-hydroxy-5-methyl-4-isoxazolepropionic acid'],
  aud: ['alcohol use disorder'],
  bdnf: ['brain-derived neurotrophic factor'],
  bpd: ['borderline personality disorder'],
  caps: ['clinician-administered ptsd scale'],
  cbt: ['cognitive behavioral therapy', 'cognitive behavior therapy'],
  crps: ['complex regional pain syndrome'],
  cud: ['cocaine use disorder'],
  dmn: ['default mode network'],
  ect: ['electroconvulsive therapy'],
  ed: ['emergency department'],
  eeg: ['electroencephalography'],
  emdr: ['eye movement desensitization and reprocessing'],
  fmri: ['functional magnetic resonance imaging', 'functional mri'],
  gaba: ['gamma-aminobutyric acid'],
  gad: ['generalized anxiety disorder'],
  hnk: ['hydroxynorketamine'],
  iv: ['intravenous'],
  kap: ['ketamine-assisted psychotherapy', 'ketamine psychotherapy'],
  madrs: ['montgomery-asberg depression rating scale'],
  maoi: ['monoamine oxidase inhibitor'],
  mbrp: ['mindfulness-based relapse prevention'],
  mdd: ['major depressive disorder', 'major depression'],
  mdma: ['3,4-methylenedioxymethamphetamine'],
  mri: ['magnetic resonance imaging'],
  mtor: ['mammalian target of rapamycin', 'mechanistic target of rapamycin'],
  nmda: ['n-methyl-d-aspartate'],
  nmdar: ['n-methyl-d-aspartate receptor', 'nmda receptor'],
  ocd: ['obsessive-compulsive disorder'],
  oud: ['opioid use disorder'],
  pet: ['positron emission tomography'],
  phq: ['patient health questionnaire'],
  ppd: ['postpartum depression', 'postnatal depression'],
  ptsd: ['posttraumatic stress disorder', 'post-traumatic stress disorder'],
  rct: ['randomized controlled trial', 'randomized clinical trial'],
  sad: ['social anxiety disorder'],
  si: ['suicidal ideation'],
  snri: ['serotonin-norepinephrine reuptake inhibitor'],
  ssri: ['selective serotonin reuptake inhibitor'],
  sud: ['substance use disorder'],
  tms: ['transcranial magnetic stimulation'],
  trd: ['treatment-resistant depression', 'treatment-refractory depression', 'resistant depression'],
};

/** Words for one thing. Who types the first finds the others, too. */
const alike: readonly (readonly string[])[] = [
  ['mouse', 'mice', 'murine'],
  ['mice', 'mouse', 'murine'],
  ['child', 'children', 'pediatric'],
  ['children', 'child', 'pediatric'],
  ['women', 'woman'],
  ['woman', 'women'],
  ['teen', 'adolescent', 'adolescents', 'youth'],
  ['teens', 'adolescent', 'adolescents', 'youth'],
  ['teenager', 'adolescent', 'adolescents', 'youth'],
  ['teenagers', 'adolescent', 'adolescents', 'youth'],
  ['youth', 'adolescent', 'adolescents'],
  ['elderly', 'geriatric', 'older'],
  ['geriatric', 'elderly', 'older'],
  ['suicide', 'suicidal', 'suicidality'],
  ['suicidal', 'suicide', 'suicidality'],
  ['suicidality', 'suicidal', 'suicide'],
  ['depression', 'depressive', 'depressed'],
  ['depressive', 'depression', 'depressed'],
  ['anxious', 'anxiety'],
  ['dissociation', 'dissociative'],
  ['dissociative', 'dissociation'],
  ['psychosis', 'psychotic'],
  ['alcoholism', 'alcohol'],
  ['opioid', 'heroin', 'opiate'],
  ['opiate', 'opioid', 'heroin'],
  ['bladder', 'cystitis', 'urinary'],
  ['versus', 'vs', 'v'],
  ['vs', 'versus', 'v'],
  ['sketamine', 'esketamine'],
  ['esketamine', 'sketamine'],
  ['rketamine', 'arketamine'],
  ['arketamine', 'rketamine'],
  ['soldiers', 'veterans', 'military'],
  ['military', 'veterans', 'soldiers'],
];

/** What a word may also be: words by themselves, and phrases of which all words must be there. */
export interface OtherForms {
  readonly words: readonly string[];
  readonly phrases: readonly (readonly string[])[];
}

const none: OtherForms = { words: [], phrases: [] };

const formsOf: ReadonlyMap<string, OtherForms> = new Map([
  ...alike.map(([word = '', ...words]): [string, OtherForms] => [word, { words, phrases: [] }]),
  ...Object.entries(longForms).map(([short, forms]): [string, OtherForms] => [short, { words: [], phrases: forms.map(parts) }]),
]);

/** Long forms as their words, by the first one. */
const byFirst = new Map<string, { readonly words: readonly string[]; readonly short: string }[]>();
for (const [short, forms] of Object.entries(longForms)) {
  for (const words of forms.map(parts)) {
    byFirst.set(words[0]!, [...(byFirst.get(words[0]!) ?? []), { words, short }]);
  }
}

export function otherFormsOf(word: string): OtherForms {
  return formsOf.get(word) ?? none;
}

/** The short form of the phrase that begins at a word of a query, and how many words it takes: `complex|regional|pain|syndrome` is `crps`, 4. */
export function shortFormAt(words: readonly string[], at: number, isSame: (typed: string, word: string) => boolean): { readonly short: string; readonly length: number } | undefined {
  const candidates = [...(byFirst.get(words[at]!) ?? [])].sort((a, b) => b.words.length - a.words.length);
  const found = candidates.find(({ words: parts }) => parts.every((part, index) => isSame(words[at + index] ?? '', part)));
  return found && { short: found.short, length: found.words.length };
}

function parts(phrase: string): string[] {
  return phrase.split(/[^a-z0-9]+/).filter(part => part !== '');
}
