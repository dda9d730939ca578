//! The profile of the unit and its waivers.

/// `zicha.yaml` of both workspaces.
pub(crate) const PROFILE: &str = "# 乌有市子虚区测绘数据中心（虚构单位）的自查设置
unit:
  name: 乌有市子虚区测绘数据中心
  kind: 事业单位

addressee: 子虚区保密行政管理部门

letterhead:
  issuer: 乌有市子虚区测绘数据中心文件
  kind: 报告
  number: 子虚测发〔2026〕21号
  signer: 陆知远
  contact: 联系人：杜若衡，电话：0000-1234567
  copies: [乌有市测绘主管部门]
  printer: 乌有市子虚区测绘数据中心综合办公室
  copies_printed: '6'
";

/// `waivers.yaml` of the faulty workspace: one that holds and one that has expired.
pub(crate) const WAIVERS: &str = "# 第一条有效，第二条已过期
- control: KEY-012
  scope: {key: BW07}
  reason: 阅文室整体改造，设施检修排在十月
  approver: 沈砚青
  expires: 2026-12-31
- control: NET-011
  scope: {key: BG-J014}
  reason: 该机送修期间无法更换口令
  approver: 沈砚青
  expires: 2026-06-30
";
