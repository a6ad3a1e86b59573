namespace IdentityGraph.Sources.Aws;

/// <summary>What the resources of actions are called behind their account, as the service authorization reference lists what an action cannot be asked without.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html</remarks>
internal static class ActionForms
{
    /// <summary>An action that stands twice is asked of one of each.</summary>
    public static IReadOnlyList<(string Form, string[] Actions)> All { get; } =
    [
        ("function:*", ["lambda:CreateFunction", "lambda:InvokeFunction", "lambda:InvokeAsync", "lambda:AddPermission", "lambda:CreateFunctionUrlConfig", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"]),
        ("project/*", ["codebuild:CreateProject", "codebuild:UpdateProject", "codebuild:StartBuild", "codebuild:StartBuildBatch", "codebuild:CreateWebhook", "codebuild:StartSandbox"]),
        ("sandbox/*", ["codebuild:StartCommandExecution"]),
        ("stateMachine:*", ["states:CreateStateMachine", "states:UpdateStateMachine", "states:StartExecution", "states:StartSyncExecution"]),
        ("stack/*", ["cloudformation:CreateStack", "cloudformation:UpdateStack", "cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"]),
        ("stackset/*", ["cloudformation:CreateStackInstances", "cloudformation:UpdateStackSet"]),
        ("job/*", ["glue:CreateJob", "glue:StartJobRun", "glue:UpdateJob", "glue:UpdateJobFromSourceControl"]),
        ("trigger/*", ["glue:CreateTrigger"]),
        ("session/*", ["glue:CreateSession", "glue:RunStatement"]),
        ("devEndpoint/*", ["glue:UpdateDevEndpoint"]),
        ("cluster/*", ["ecs:CreateCluster", "elasticmapreduce:AddJobFlowSteps", "eks:CreateNodegroup", "eks:CreateFargateProfile", "eks:CreatePodIdentityAssociation", "sagemaker:CreateCluster", "ecs:ExecuteCommand"]),
        ("task/*", ["ecs:ExecuteCommand"]),
        ("task-definition/*", ["ecs:RegisterTaskDefinition", "ecs:RunTask", "ecs:StartTask"]),
        ("service/*", ["ecs:CreateService", "ecs:UpdateService", "apprunner:CreateService", "apprunner:UpdateService"]),
        ("podidentityassociation/*", ["eks:UpdatePodIdentityAssociation"]),
        ("compute-environment/*", ["batch:CreateComputeEnvironment"]),
        ("job-definition/*", ["batch:RegisterJobDefinition"]),
        ("job-queue/*", ["batch:SubmitJob"]),
        ("launch-template/*", ["ec2:CreateLaunchTemplate", "ec2:CreateLaunchTemplateVersion"]),
        ("instance/*", ["ec2:AssociateIamInstanceProfile"]),
        ("launchConfiguration:*", ["autoscaling:CreateLaunchConfiguration"]),
        ("autoScalingGroup:*", ["autoscaling:CreateAutoScalingGroup", "autoscaling:UpdateAutoScalingGroup"]),
        ("notebook-instance/*", ["sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl", "sagemaker:UpdateNotebookInstance"]),
        ("notebook-instance-lifecycle-config/*", ["sagemaker:CreateNotebookInstanceLifecycleConfig", "sagemaker:UpdateNotebookInstanceLifecycleConfig"]),
        ("training-job/*", ["sagemaker:CreateTrainingJob"]),
        ("processing-job/*", ["sagemaker:CreateProcessingJob"]),
        ("transform-job/*", ["sagemaker:CreateTransformJob"]),
        ("hyper-parameter-tuning-job/*", ["sagemaker:CreateHyperParameterTuningJob"]),
        ("automl-job/*", ["sagemaker:CreateAutoMLJob"]),
        ("monitoring-schedule/*", ["sagemaker:CreateMonitoringSchedule"]),
        ("model/*", ["sagemaker:CreateModel"]),
        ("endpoint/*", ["sagemaker:CreateEndpoint"]),
        ("endpoint-config/*", ["sagemaker:CreateEndpointConfig", "sagemaker:CreateEndpoint"]),
        ("pipeline/*", ["sagemaker:CreatePipeline", "sagemaker:StartPipelineExecution", "sagemaker:UpdatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"]),
        ("domain/*", ["sagemaker:CreateDomain"]),
        ("user-profile/*", ["sagemaker:CreateUserProfile", "sagemaker:CreatePresignedDomainUrl"]),
        ("*", ["codepipeline:CreatePipeline", "codepipeline:UpdatePipeline"]),
        ("schedule/*", ["scheduler:CreateSchedule", "scheduler:UpdateSchedule"]),
        ("rule/*", ["events:PutRule", "events:PutTargets", "iot:CreateTopicRule"]),
        ("pipe/*", ["pipes:CreatePipe"]),
        ("rolealias/*", ["iot:CreateRoleAlias", "iot:UpdateRoleAlias"]),
        ("policy/*", ["iot:CreatePolicy"]),
        ("/greengrass/groups/*", ["greengrass:AssociateRoleToGroup", "greengrass:CreateDeployment"]),
        ("/applications/*", ["emr-serverless:StartJobRun"]),
        ("application/*", ["kinesisanalytics:StartApplication", "kinesisanalytics:UpdateApplication"]),
        ("environment/*", ["airflow:CreateEnvironment", "airflow:UpdateEnvironment", "elasticbeanstalk:CreateEnvironment", "elasticbeanstalk:UpdateEnvironment"]),
        ("infrastructure-configuration/*", ["imagebuilder:CreateInfrastructureConfiguration"]),
        ("component/*", ["imagebuilder:CreateComponent"]),
        ("image-recipe/*", ["imagebuilder:CreateImageRecipe"]),
        ("image/*", ["imagebuilder:CreateImage"]),
        ("fleet/*", ["appstream:CreateFleet"]),
        ("image-builder/*", ["appstream:CreateImageBuilder"]),
        ("workgroup/*", ["athena:CreateWorkGroup", "athena:StartSession", "athena:StartCalculationExecution"]),
        ("run/*", ["omics:StartRun"]),
        ("server/*", ["transfer:CreateUser"]),
        ("canary:*", ["synthetics:UpdateCanary"]),
        ("deploymentgroup:*", ["codedeploy:CreateDeployment"]),
        ("userpool/*", ["cognito-idp:CreateGroup", "cognito-idp:UpdateGroup", "cognito-idp:AdminCreateUser", "cognito-idp:AdminSetUserPassword", "cognito-idp:AdminAddUserToGroup"]),
        ("identitypool/*", ["cognito-identity:GetOpenIdTokenForDeveloperIdentity", "cognito-identity:UpdateIdentityPool"]),
        ("runtime/*", ["bedrock-agentcore:UpdateAgentRuntime"]),
    ];

    /// <summary>What is asked of no resource. A Deny that names some is about something else; so is an Allow, until the service learns to ask for one.</summary>
    public static IReadOnlyList<string> OfNothing { get; } =
    [
        "bedrock-agentcore:CreateAgentRuntime", "bedrock-agentcore:CreateCodeInterpreter", "datapipeline:CreatePipeline", "elasticmapreduce:RunJobFlow", "emr-serverless:CreateApplication", "gamelift:CreateFleet",
        "iot:CreateKeysAndCertificate", "kinesisanalytics:CreateApplication", "lambda:CreateEventSourceMapping", "omics:CreateWorkflow", "rolesanywhere:CreateProfile", "rolesanywhere:CreateTrustAnchor",
        "ssm:CreateActivation", "states:TestState", "synthetics:CreateCanary",
    ];
}
