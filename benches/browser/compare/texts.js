// What the workers share: each is sent two texts as bytes, and answers how many hunks it found in them.
const decoder = new TextDecoder();

export const textOf = (bytes) => decoder.decode(bytes);
export const linesOf = (bytes) => textOf(bytes).split("\n");

export const answerWith = (compare) =>
  addEventListener("message", ({ data: { before, after } }) => {
    try {
      postMessage(compare(before, after));
    } catch (error) {
      postMessage({ error: String(error) });
    }
  });
