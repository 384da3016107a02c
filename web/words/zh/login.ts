export const login = {
  title: '登录',
  username: '用户名',
  password: '密码',
  keep: '在此设备上保持登录（12 小时）',
  submit: '登录',
  wrong: '用户名或密码不正确，请核对。忘记密码请联系管理员重设。',
  tooMany: '尝试次数过多，请一分钟后再试。',
  over: '登录已失效，请重新登录。',
};
