import type { Source } from './study.ts';

/** What kind of page an address leads to, in the order in which a card shows them. */
export const sourceKinds = ['publisher', 'pubmed', 'pmc', 'registry', 'repository', 'other'] as const;

export type SourceKind = (typeof sourceKinds)[number];

const labels: Readonly<Record<SourceKind, string>> = {
  publisher: 'Publisher',
  pubmed: 'PubMed',
  pmc: 'PMC',
  registry: 'Trial registry',
  repository: 'Repository',
  other: 'Other page',
};

/** `Publisher`, `PubMed`: what a card calls a kind of page. */
export function sourceKindLabel(kind: SourceKind): string {
  return labels[kind];
}

/** The sources by kind; within a kind they stay in the record's order. */
export function orderedSources<S extends Pick<Source, 'url'>>(sources: readonly S[]): readonly S[] {
  const rank = ({ url }: S): number => sourceKinds.indexOf(sourceKind(url));
  return [...sources].sort((a, b) => rank(a) - rank(b));
}

/** The kind of page at an address, by its host and path alone. It does not say that the page is about the study itself. */
export function sourceKind(url: string): SourceKind {
  const { host, path } = partsOf(url);
  return sourceKinds.find(kind => kind !== 'other' && tests[kind](host, path)) ?? 'other';
}

function partsOf(url: string): { readonly host: string; readonly path: string } {
  const [, host = '', path = ''] = /^https?:\/\/([^/?#:]+)(?::\d+)?([^?#]*)/i.exec(url) ?? [];
  return { host: host.toLowerCase(), path: path.toLowerCase() };
}

type Test = (host: string, path: string) => boolean;

const tests: Readonly<Record<Exclude<SourceKind, 'other'>, Test>> = {
  publisher: host => isAt(host, publishers) && !unpublished.test(host) && !repositoryHost.test(host),
  pubmed: (host, path) =>
    isAt(host, ['pubmed.ncbi.nlm.nih.gov', 'pubmed.gov']) || (isAt(host, ['ncbi.nlm.nih.gov']) && /^\/(?:pubmed|m\/pubmed)\b/.test(path)),
  pmc: (host, path) =>
    isAt(host, ['pmc.ncbi.nlm.nih.gov', 'europepmc.org']) || (isAt(host, ['ncbi.nlm.nih.gov']) && /^\/pmc\b/.test(path)),
  registry: (host, path) => isAt(host, registries) || (isAt(host, ['crd.york.ac.uk']) && path.startsWith('/prospero')),
  repository: (host, path) =>
    isAt(host, repositories) || repositoryHost.test(host) || (academicHost.test(host) && repositoryPath.test(path)),
};

/** Whether a host is one of the domains, or is below one. */
function isAt(host: string, domains: readonly string[]): boolean {
  return domains.some(domain => host === domain || host.endsWith(`.${domain}`));
}

/**
 * A publisher's test site, such as `dev2.psychiatrist.com`. It can show what was never published, or not in that form, so it
 * doesn't count as the publisher's page. Other domains that look like a publisher's don't count either:
 * `homsy-staging.cambridgecore.org` and `core-prod.cambridgecore.org` (the address doesn't show who owns them), proxies of
 * libraries such as `www-cambridge-org.demo.remotlog.com`, and `psychiatryonline.altmetric.com`. Servers below a publisher's own
 * domain that are no test sites do count: `core-cms.prod.aop.cambridge.org`, `www2.mdpi.com`.
 */
const unpublished = /(?:^|[.-])(?:dev|stag(?:e|ing)|test|demo|beta|preview|uat|qa)\d*[.-]/;

/**
 * Domains of publishers and of journals; doi.org leads to them. Publishers of news (mdedge.com, psychiatrictimes.com) and
 * societies that write about a work (asra.com, ons.org) are not among them.
 */
const publishers: readonly string[] = [
  'doi.org',
  // Publishers of many journals.
  'aimspress.com', 'annualreviews.org', 'aosis.co.za', 'asahq.org', 'aspetjournals.org', 'biomedcentral.com', 'bmj.com',
  'brieflands.com', 'cambridge.org', 'cell.com', 'cochranelibrary.com', 'dovepress.com', 'elifesciences.org', 'elsevier.com',
  'elsevier.es', 'eurekaselect.com', 'f1000research.com', 'frontiersin.org', 'hindawi.com', 'hogrefe.com',
  'informahealthcare.com', 'iospress.com', 'jamanetwork.com', 'jmir.org', 'karger.com', 'liebertpub.com', 'lww.com',
  'mdpi.com', 'nature.com', 'natureasia.com', 'oup.com', 'oxfordjournals.org', 'peerj.com', 'plos.org', 'psychiatrist.com',
  'psychiatryonline.org', 'psycnet.apa.org', 'royalsocietypublishing.org', 'sagepub.com', 'science.org', 'sciencedirect.com',
  'sciencemag.org', 'springer.com', 'springermedicine.com', 'springermedizin.de', 'springeropen.com', 'tandfonline.com',
  'thelancet.com', 'thieme-connect.com', 'thieme-connect.de', 'wiley.com',
  // Journals with a site of their own.
  'ascopubs.org', 'drugsincontext.com', 'ijiapp.com', 'jsatjournal.com', 'nejm.org', 'oncotarget.com', 'pnas.org', 'revistasum.umanizales.edu.co',
  'sajp.org.za',
];

/** Where trials and reviews are registered; not pages that copy the registers, such as ctv.veeva.com and ichgcp.net. */
const registries: readonly string[] = [
  'anzctr.org.au', 'chictr.org.cn', 'clinicaltrials.gov', 'clinicaltrialsregister.eu', 'cris.nih.go.kr', 'ctri.nic.in', 'drks.de',
  'ensaiosclinicos.gov.br', 'euclinicaltrials.eu', 'irct.ir', 'irct.behdasht.gov.ir', 'isrctn.com', 'jrct.mhlw.go.jp', 'jrct.niph.go.jp',
  'onderzoekmetmensen.nl', 'pactr.samrc.ac.za', 'trialregister.nl', 'trialsearch.who.int', 'center6.umin.ac.jp',
];

/** Preprints, archives of full texts, and universities' repositories whose address doesn't show that they are one. */
const repositories: readonly string[] = [
  'arxiv.org', 'biorxiv.org', 'figshare.com', 'medrxiv.org', 'osf.io', 'preprints.org', 'psyarxiv.com', 'researchsquare.com', 'ssrn.com',
  'zenodo.org',
  // Keeps the full texts of journals, which have pages of their own.
  'scielo.br', 'scielo.org', 'scielo.org.za',
  'digital.library.adelaide.edu.au', 'discovery.ucl.ac.uk', 'dspace-express.com', 'hsrc.himmelfarb.gwu.edu', 'ktisis.cut.ac.cy',
  'lup.lub.lu.se', 'ora.ox.ac.uk', 'research.rug.nl', 'ro.uow.edu.au', 'scholars.duke.edu', 'tdl.org', 'touroscholar.touro.edu', 'viurrspace.ca',
];

/** What the hosts of repositories begin with, the two domains at which Elsevier runs Pure for universities, and HAL's. */
const repositoryHost =
  /^(?:digitalcommons|dspace|e-?prints?|escholarship|hal|pure|(?:[\w-]+-)?repository)\.|(?:^|\.)(?:elsevierpure\.com|pure\.elsevier\.com|hal\.science|archives-ouvertes\.fr)$/;

/** Of universities: `.edu`, `.edu.au`, `.ac.uk`. */
const academicHost = /\.(?:edu|ac)(?:\.[a-z]{2})?$/;

/**
 * Paths of the usual repository software: DSpace, EPrints, Pure. Of universities' hosts alone: the same paths are found at hosts
 * of strangers that copy a repository, and universities have news, courses, people's pages and library catalogues, too.
 */
const repositoryPath = /\/(?:handle\/\d|id\/eprint\/\d|items\/[\da-f]{8}-|objects\/uuid|publications\/.)/;
