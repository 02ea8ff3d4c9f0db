/** Names that the bridge sets explicitly: from Terraform's name, converted by rule, to Pulumi's. */
export const renamed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": { logGroupName: "logGroup" },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { alarmName: "name" },
  "aws:lambda/function:Function": { functionName: "name", filename: "code" },
  "aws:lambda/layerVersion:LayerVersion": { filename: "code" },
  "aws:lambda/permission:Permission": { functionName: "function" },
  "aws:route53/record:Record": { alias: "aliases" },
  "aws:sns/topicSubscription:TopicSubscription": { topicArn: "topic" },
};
