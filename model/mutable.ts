/** A value while it is put together, or kept to be overwritten in place; everybody else has it `readonly`. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
