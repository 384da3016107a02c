export const wall = { title: '指挥大屏' };
