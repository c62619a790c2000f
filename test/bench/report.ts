/** One figure as printed; `ratio` is how many times better the value is than the baseline. */
interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number | null;
  readonly baselineName: string | null;
  readonly ratio: number | null;
  readonly limit: number | null;
}

export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `ms`, `share`, `B` …; of a share more is better, of everything else less. */
  readonly unit: string;
  /** Something else that does the same, measured in the same run. */
  readonly baseline?: { readonly name: string; readonly value: number };
  /** What the value may not exceed; of a share what it must reach. */
  readonly limit?: number;
}

export type Report = (figure: Figure) => void;

/** A part of the benchmark: measures and reports its figures. */
export type Part = (report: Report) => Promise<void>;

/** Prints a figure as one line of JSON to stdout, and nothing else, so that other programs can read it. */
export const report: Report = ({ name, value, unit, baseline, limit }) => {
  const ratio = baseline && (unit === 'share' ? value / baseline.value : baseline.value / value);
  const line: Line = {
    name,
    value: rounded(value),
    unit,
    baseline: baseline ? rounded(baseline.value) : null,
    baselineName: baseline?.name ?? null,
    ratio: ratio === undefined ? null : rounded(ratio),
    limit: limit === undefined ? null : rounded(limit),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

/** What 95 % of the values do not exceed. */
export function p95(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? NaN;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Milliseconds that `action` takes. */
export function timed(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
