/** Said in any listing. */
export const common = `
有意的联系我，不在线就留言
{time}都在家，来之前说一声
{place}的优先，远了不方便
{verb}过{noun}，{state}
{noun}和{noun}都{adj}
{adj}的{noun}，{who}也能{verb}
图文一致，看好再定
家里{noun}太多，放不下
诚信第一，虚的不来
非诚勿扰，谢谢
已经{verb}了{n}次，没有问题
需要的话可以送到{place}{spot}
{tail}路口往{spot}走{n}百米就到
{who}说{noun}{adj}，我觉得还行
{shop}隔壁，门口有{colour}的{noun}
先到先得，{time}前有效
价格好商量，但别砍太狠
{noun}{adj}，{noun}也{verb}过
不懂的可以问，知道的都告诉你
找{tail}或者{tail}都行，说是看了信息来的
长期有效，成了会自己撤下
{verb}{noun}的时候顺便{verb}{noun}
OK 的话直接过来，Wi-Fi 和 {model} 都能用
please call after {n} pm, thanks
{brand} {model}，支持 USB 和 Type-C
谢绝{noun}，{noun}除外
老{noun}了，{verb}起来{adj}`
  .trim()
  .split('\n')
