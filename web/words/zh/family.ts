export const family = {
  nobody: '您的账号还没有关联老人。请联系管理员添加。',
  noPosition: '还没有收到过位置。',
  where: '看位置',
  awayUntil: '家人设定外出至 {time}',
  backEarly: '已提前回家，恢复看护：',
};
