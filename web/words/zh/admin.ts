export const admin = { title: '管理', residents: '老人', search: '查找姓名', none: '还没有老人。请先导入。' };
