/** Stores outside of the program, such as a Redis server: what one object puts there another one finds, where both spell the same name. */
import { STORED_KEY, type Key } from './terms.js';

const STORING = new Set('lpush rpush lpushx rpushx sadd xadd zadd hset hmset setex'.split(' '));
const FETCHING = new Set('lrange lindex lpop rpop blpop brpop smembers spop srandmember hget hgetall hvals hmget zrange xrange'.split(' '));

/** Names that mean the same in all methods of a class: members of the object, constants, words. */
const SAME_EVERYWHERE = /^(?:(?:self|this|cls)\.[\w.]+|[A-Z][A-Z0-9_]*|[rR]?(["'])[^"'{}]*\1)$/;

/** Whether a method of a store's client puts something there. */
export function putsIntoStore(method: string): boolean {
  return STORING.has(method.toLowerCase());
}

/** Whether a method of a store's client gives what is kept there under its first argument. */
export function fetchesFromStore(method: string): boolean {
  return FETCHING.has(method.toLowerCase());
}

/** The part of a store's client that holds what is kept under a name. @param under the name, as it is written */
export function storedKey(under: string | undefined): Key {
  return under !== undefined && SAME_EVERYWHERE.test(under) ? `${STORED_KEY}${under}` : STORED_KEY;
}
