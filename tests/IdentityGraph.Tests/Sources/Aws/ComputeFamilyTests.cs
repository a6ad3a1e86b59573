using static IdentityGraph.Tests.Sources.Aws.MadeUpAccount;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Published ways to have code run as a role that trusts a service, each beside the nearest that opens nothing.</summary>
public sealed class ComputeFamilyTests
{
    private const string Passes = "iam:PassRole ";

    [Theory]
    [InlineData("ec2", "ec2:RequestSpotInstances")]
    [InlineData("ec2", "ec2:CreateLaunchTemplate ec2:CreateFleet")]
    [InlineData("ec2", "ec2:CreateLaunchTemplate autoscaling:CreateAutoScalingGroup")]
    [InlineData("sagemaker", "sagemaker:CreateHyperParameterTuningJob")]
    [InlineData("sagemaker", "sagemaker:CreateModel sagemaker:CreateTransformJob")]
    [InlineData("datapipeline", "datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline")]
    [InlineData("cloudformation", "cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet")]
    [InlineData("ecs-tasks", "ecs:CreateCluster ecs:RegisterTaskDefinition ecs:RunTask")]
    [InlineData("codebuild", "codebuild:CreateProject codebuild:StartBuild")]
    [InlineData("codebuild", "codebuild:CreateProject codebuild:StartBuildBatch")]
    [InlineData("ssm", "ssm:StartAutomationExecution")]
    [InlineData("ssm", "ssm:CreateActivation")]
    [InlineData("scheduler", "scheduler:CreateSchedule")]
    [InlineData("braket", "braket:CreateJob")]
    [InlineData("omics", "omics:CreateWorkflow omics:StartRun")]
    [InlineData("credentials.iot", "iot:CreateRoleAlias iot:CreateKeysAndCertificate iot:CreatePolicy iot:AttachPolicy")]
    public void Something_new_runs_as_a_role_that_is_passed(string service, string actions)
    {
        Assert.Contains("user/mara -> role/worker", Reached(Allow(Passes + actions), service));
        Assert.Empty(Reached(Allow(Passes + actions), "support"));
        Assert.Empty(Reached(Allow(Passes + actions) + "," + Deny(actions), service));
        Assert.Empty(Reached(Allow("iam:PassRole"), service));
    }

    [Theory]
    [InlineData("ec2", "ec2:RequestSpotFleet")]
    [InlineData("ec2", "ec2:CreateLaunchTemplateVersion autoscaling:CreateAutoScalingGroup")]
    [InlineData("ec2", "autoscaling:CreateLaunchConfiguration autoscaling:UpdateAutoScalingGroup")]
    [InlineData("glue", "glue:UpdateJob glue:CreateTrigger")]
    [InlineData("glue", "glue:UpdateJob glue:StartJobRun")]
    [InlineData("states", "states:UpdateStateMachine states:StartExecution")]
    [InlineData("tasks.apprunner", "apprunner:UpdateService")]
    [InlineData("cloudformation", "cloudformation:CreateStackSet cloudformation:CreateStackInstances")]
    [InlineData("cloudformation", "cloudformation:UpdateStackSet")]
    [InlineData("ecs-tasks", "ecs:RunTask")]
    [InlineData("ecs-tasks", "ecs:StartTask")]
    [InlineData("ecs-tasks", "batch:RegisterJobDefinition batch:SubmitJob")]
    [InlineData("codebuild", "codebuild:UpdateProject")]
    [InlineData("elasticmapreduce", "elasticmapreduce:RunJobFlow")]
    [InlineData("events", "events:PutRule events:PutTargets")]
    [InlineData("gamelift", "gamelift:CreateFleet")]
    [InlineData("airflow-env", "airflow:CreateEnvironment")]
    [InlineData("lambda", "synthetics:CreateCanary")]
    [InlineData("lambda", "lambda:CreateFunction")]
    [InlineData("greengrass", "greengrass:AssociateRoleToGroup")]
    public void Something_that_nobody_read_may_run_as_a_role_that_is_passed(string service, string actions)
    {
        Assert.Equal(["user/mara -> role/worker if conditions:unread"], Reached(Allow(Passes + actions), service));
        Assert.Empty(Reached(Allow(Passes + actions), "support"));
        Assert.Empty(Reached(Allow(Passes + actions) + "," + Deny(actions), service));
    }

    [Theory]
    [InlineData("ec2", "ec2-instance-connect:SendSSHPublicKey")]
    [InlineData("ec2", "ssm:SendCommand")]
    [InlineData("ec2", "ssm:StartSession")]
    [InlineData("ec2", "ssm:UpdateDocument")]
    [InlineData("ec2", "ec2:ModifyInstanceAttribute ec2:StopInstances ec2:StartInstances")]
    [InlineData("ec2", "ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate")]
    [InlineData("ec2", "codedeploy:CreateDeployment")]
    [InlineData("sagemaker", "sagemaker:CreatePresignedNotebookInstanceUrl")]
    [InlineData("sagemaker", "sagemaker:UpdateNotebookInstanceLifecycleConfig")]
    [InlineData("codebuild", "codebuild:StartBuild")]
    [InlineData("codebuild", "codebuild:StartBuildBatch")]
    [InlineData("codebuild", "codebuild:UpdateProject")]
    [InlineData("bedrock-agentcore", "bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter")]
    [InlineData("lambda", "lambda:UpdateFunctionCode")]
    [InlineData("lambda", "lambda:UpdateFunctionConfiguration")]
    [InlineData("glue", "glue:UpdateDevEndpoint")]
    [InlineData("glue", "glue:UpdateJob")]
    [InlineData("ecs-tasks", "ecs:ExecuteCommand")]
    [InlineData("cloudformation", "cloudformation:UpdateStack")]
    [InlineData("cloudformation", "cloudformation:UpdateStackSet")]
    [InlineData("states", "states:UpdateStateMachine")]
    [InlineData("tasks.apprunner", "apprunner:UpdateService")]
    [InlineData("credentials.iot", "greengrass:CreateDeployment")]
    public void What_runs_as_a_role_already_may_be_changed_without_passing_it(string service, string actions)
    {
        Assert.Equal(["user/mara -> role/worker if conditions:unread"], Reached(Allow(actions), service));
        Assert.Empty(Reached(Allow(actions), "support"));
        Assert.Empty(Reached(Allow(actions) + "," + Deny(actions), service));
    }

    [Theory]
    [InlineData("macie2", "macie2:CreateClassificationJob")]
    [InlineData("lambda", "lambda:PutRuntimeManagementConfig")]
    [InlineData("lambda", "lambda:RunSomethingNew")]
    [InlineData("ec2", "ec2:ImportInstance")]
    [InlineData("vpc-flow-logs", "ec2:CreateFlowLogs")]
    [InlineData("ecs", "ecs:CreateTaskSet")]
    [InlineData("made-up-service", "kinesis:CreateStream")]
    public void A_role_that_is_passed_to_a_service_may_be_used_by_what_no_row_names(string service, string actions)
    {
        var imported = Imported(Allow(Passes + actions), service);

        Assert.Equal(["user/mara -> role/worker if conditions:unread"], imported.All("CAN_ISSUE_CREDENTIAL"));
        Assert.Single(imported.Report.Warnings, line => line.Contains("`arn:aws:iam::111122223333:user/mara` may pass a role to", StringComparison.Ordinal) && line.Contains(actions, StringComparison.Ordinal));
        Assert.Empty(Reached(Allow(actions), service));
        Assert.Empty(Reached(Allow(Passes + actions), "support"));
        Assert.Empty(Reached(Allow(Passes + actions) + "," + Deny(actions), service));
        Assert.Empty(Reached(Allow(Passes + actions) + "," + Deny("iam:PassRole"), service));
        Assert.Empty(Reached(Allow(Passes + actions, more: ",\"Condition\":{\"StringEquals\":{\"iam:PassedToService\":\"support.amazonaws.com\"}}"), service));
    }

    [Theory]
    [InlineData("lambda", "lambda:ListFunctions lambda:GetFunction")]
    [InlineData("lambda", "lambda:DeleteFunction lambda:TagResource")]
    [InlineData("lambda", "lambda:InvokeFunction")]
    [InlineData("lambda", "s3:PutObject")]
    [InlineData("macie2", "macie2:ListFindings")]
    [InlineData("made-up-service", "iam:CreateRole")]
    [InlineData("made-up-service", "states:CreateStateMachine states:StartExecution")]
    [InlineData("ecs", "ecs:RegisterTaskDefinition ecs:RunTask")]
    public void Reading_deleting_and_what_rows_know_not_to_be_enough_uses_no_role(string service, string actions)
    {
        var imported = Imported(Allow(Passes + actions), service);

        Assert.Empty(imported.All("CAN_ISSUE_CREDENTIAL"));
        Assert.DoesNotContain(imported.Report.Warnings, line => line.Contains("may pass a role", StringComparison.Ordinal));
    }

    [Fact]
    public void The_organization_and_a_boundary_close_what_no_row_names()
    {
        MadeUpAccount Mara(string more = "") => new MadeUpAccount().User("mara", Allow(Passes + "macie2:CreateClassificationJob"), more).Role("worker", Service("macie2"));
        const string Bound = ",\"PermissionsBoundary\":{\"PermissionsBoundaryArn\":\"arn:aws:iam::111122223333:policy/bound\"}";

        Assert.Empty(Mara().Under(Allow("iam:*")).Import().All("CAN_ISSUE_CREDENTIAL"));
        Assert.Single(Mara().Under(Allow("*")).Import().All("CAN_ISSUE_CREDENTIAL"));
        Assert.Empty(Mara(Bound).Policy("bound", Allow("iam:*")).Import().All("CAN_ISSUE_CREDENTIAL"));
        Assert.Single(Mara(Bound).Policy("bound", Allow("iam:* macie2:*")).Import().All("CAN_ISSUE_CREDENTIAL"));
    }

    private static IReadOnlyList<string> Reached(string allows, string service) => Imported(allows, service).All("CAN_ISSUE_CREDENTIAL");

    private static AwsImport Imported(string allows, string service) =>
        new MadeUpAccount().User("mara", allows).Role("worker", Service(service), more: ",\"InstanceProfileList\":[{\"InstanceProfileName\":\"worker\"}]").Import();
}
