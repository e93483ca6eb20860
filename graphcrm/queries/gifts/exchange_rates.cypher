// All exchange rates that have been entered, by currency and day.
MATCH (rate:ExchangeRate)
RETURN rate.base AS base, rate.into AS into, rate.rate AS rate, rate.date AS day
ORDER BY base, into, day
