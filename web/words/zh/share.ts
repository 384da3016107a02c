export const share = {
  over: '这个链接已失效',
  overMore: '它已到期，或已被收回。请向发给您链接的人要一个新的。',
  age: '位置更新于 {ago}',
  none: '还没有收到过位置。收到后会自动显示。',
  until: '链接有效至 {time}',
  lost: '{what} 下面可能不是现在的位置。',
};
