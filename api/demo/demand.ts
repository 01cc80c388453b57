/** Customers per hour of the day, midnight first, as a factor of an ordinary hour. */
const HOURS = [0.3, 0.25, 0.2, 0.2, 0.22, 0.32, 0.5, 0.75, 1, 1.25, 1.35, 1.3, 1.1, 1.1, 1.25, 1.25, 1.2, 1.15, 1.05, 1, 0.95, 0.8, 0.55, 0.4];
/** The same per weekday, Monday first. */
const WEEKDAYS = [1.15, 1.06, 1, 0.98, 1, 0.8, 0.7];

/**
 * How many customers want something, 1 being an ordinary hour of a Wednesday.
 *
 * @param hour 0 to 23
 * @param weekday 1 Monday to 7 Sunday
 */
export const demandAt = (hour: number, weekday: number): number => (HOURS[hour] ?? 1) * (WEEKDAYS[weekday - 1] ?? 1);
