/** Working days within which those who lead a person answer a request; the last one counts until its end. */
export const ANSWER_WITHIN_DAYS = 3;
