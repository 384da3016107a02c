export const notice = { title: '寻人启事', none: '没有这份启事，或已撤下。' };
