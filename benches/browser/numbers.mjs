// The figures that rounds come down to.
const sorted = (numbers) => [...numbers].sort((one, other) => one - other);

export const median = (numbers) => sorted(numbers)[Math.floor(numbers.length / 2)];
export const percentile = (numbers, share) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))];

const digits = (number) => (number < 10 ? 2 : number < 100 ? 1 : 0);
export const rounded = (number) => number.toLocaleString("en-US", { maximumFractionDigits: digits(number) });
export const ms = (number) => `${rounded(number)} ms`;
export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
export const kilobytes = (bytes) => `${(bytes / 1e3).toFixed(1)} kB`;
