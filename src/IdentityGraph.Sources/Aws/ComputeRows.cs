namespace IdentityGraph.Sources.Aws;

/// <summary>One way to have a service run code under a role: a line of data.</summary>
/// <param name="Service">Service principal that the role must trust.</param>
/// <param name="Actions">All of them are needed, on some resource.</param>
/// <param name="Passes">Whether a role is handed over, which also takes iam:PassRole on it; else the code goes into what already runs under some role.</param>
/// <param name="Certain">Whether that is all it takes; else it takes something that exists and was not read.</param>
/// <param name="Sentence">What it does.</param>
internal sealed record ComputeRow(string Service, string[] Actions, bool Passes, bool Certain, string Sentence)
{
    /// <summary>The role must be in an instance profile, or be put into one.</summary>
    public bool ByInstanceProfile { get; init; }

    /// <summary>All actions are about the same resource.</summary>
    public bool OnOne { get; init; }

    /// <summary>Every action it takes.</summary>
    public string Key { get; init; } = string.Join(" + ", Passes ? ["iam:PassRole", .. Actions] : Actions);
}

/// <summary>Every way to run code as a role, one line each.</summary>
/// <remarks>Actions and what they pass: https://docs.aws.amazon.com/service-authorization/latest/reference/</remarks>
internal static class ComputeRows
{
    public static IReadOnlyList<ComputeRow> All { get; } =
    [
        new("ec2.amazonaws.com", ["ec2:RunInstances"], true, true, "Starts a virtual machine that acts as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["ec2:AssociateIamInstanceProfile"], true, false, "Gives the role to a virtual machine, if it controls one.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["ec2:ReplaceIamInstanceProfileAssociation"], true, false, "Gives the role to a virtual machine, if it controls one.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["autoscaling:CreateLaunchConfiguration", "autoscaling:CreateAutoScalingGroup"], true, true, "Has virtual machines started that act as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["ec2:RequestSpotInstances"], true, true, "Starts a virtual machine that acts as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["ec2:RequestSpotFleet"], true, false, "Has virtual machines started that act as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["elasticmapreduce:RunJobFlow"], true, false, "Has a cluster's machines act as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["elasticbeanstalk:CreateEnvironment"], true, false, "Has an application's machines act as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["imagebuilder:CreateInfrastructureConfiguration"], true, false, "Has images built on machines that act as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["batch:CreateComputeEnvironment"], true, false, "Has a queue's machines act as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["eks:CreateNodegroup"], true, false, "Has a cluster's machines act as the role."),
        new("lambda.amazonaws.com", ["lambda:CreateFunction", "lambda:InvokeFunction"], true, true, "Runs a new function as the role.") { OnOne = true },
        new("lambda.amazonaws.com", ["lambda:CreateFunction", "lambda:CreateEventSourceMapping"], true, true, "Has a new function run as the role by events."),
        new("lambda.amazonaws.com", ["lambda:CreateFunction", "lambda:AddPermission"], true, true, "Lets others run a new function as the role.") { OnOne = true },
        new("lambda.amazonaws.com", ["lambda:CreateFunction", "lambda:CreateFunctionUrlConfig"], true, true, "Runs a new function as the role from anywhere.") { OnOne = true },
        new("lambda.amazonaws.com", ["lambda:CreateFunction", "lambda:InvokeAsync"], true, false, "Runs a new function as the role, by a call that is no longer to be used.") { OnOne = true },
        new("cloudformation.amazonaws.com", ["cloudformation:CreateStack"], true, true, "Has a template carried out as the role."),
        new("cloudformation.amazonaws.com", ["cloudformation:UpdateStack"], true, false, "Has a stack's new template carried out as the role."),
        new("cloudformation.amazonaws.com", ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"], true, true, "Has a template carried out as the role."),
        new("cloudformation.amazonaws.com", ["cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"], true, false, "Has a template carried out as the role in accounts that trust it."),
        new("glue.amazonaws.com", ["glue:CreateDevEndpoint"], true, true, "Opens a shell that acts as the role."),
        new("glue.amazonaws.com", ["glue:CreateJob", "glue:StartJobRun"], true, true, "Runs a script as the role.") { OnOne = true },
        new("glue.amazonaws.com", ["glue:CreateJob", "glue:CreateTrigger"], true, true, "Has a script run as the role."),
        new("glue.amazonaws.com", ["glue:UpdateJob", "glue:StartJobRun"], true, false, "Runs an existing job's new script as the role."),
        new("glue.amazonaws.com", ["glue:UpdateJob"], true, false, "Changes the script of an existing job that runs by itself."),
        new("glue.amazonaws.com", ["glue:CreateSession", "glue:RunStatement"], true, true, "Runs statements as the role."),
        new("ecs-tasks.amazonaws.com", ["ecs:RegisterTaskDefinition", "ecs:RunTask"], true, true, "Runs a container as the role."),
        new("ecs-tasks.amazonaws.com", ["ecs:RegisterTaskDefinition", "ecs:StartTask"], true, false, "Runs a container as the role on a registered host."),
        new("ecs-tasks.amazonaws.com", ["ecs:RegisterTaskDefinition", "ecs:CreateService"], true, true, "Runs containers as the role."),
        new("ecs-tasks.amazonaws.com", ["ecs:RegisterTaskDefinition", "ecs:UpdateService"], true, false, "Runs an existing service's new containers as the role."),
        new("ecs-tasks.amazonaws.com", ["ecs:RunTask"], true, false, "Runs an existing container with commands of its own as the role."),
        new("ecs-tasks.amazonaws.com", ["ecs:StartTask"], true, false, "Runs an existing container with commands of its own as the role."),
        new("batch.amazonaws.com", ["batch:CreateComputeEnvironment"], true, false, "Has machines started under the role."),
        new("ecs-tasks.amazonaws.com", ["batch:RegisterJobDefinition", "batch:SubmitJob"], true, false, "Runs a container as the role in an existing queue."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"], true, true, "Opens a notebook that acts as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreateTrainingJob"], true, true, "Runs a container as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreateProcessingJob"], true, true, "Runs a container as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreateNotebookInstanceLifecycleConfig", "sagemaker:CreateNotebookInstance"], true, true, "Starts a notebook with a script of its own that acts as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreateHyperParameterTuningJob"], true, true, "Runs a container as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreateModel", "sagemaker:CreateEndpointConfig", "sagemaker:CreateEndpoint"], true, true, "Runs a container as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreateModel", "sagemaker:CreateTransformJob"], true, true, "Runs a container as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreateDomain"], true, false, "Opens a workbench that acts as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreateUserProfile"], true, false, "Opens a workbench that acts as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreatePipeline", "sagemaker:StartPipelineExecution"], true, false, "Runs a pipeline as the role."),
        new("datapipeline.amazonaws.com", ["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"], true, true, "Runs a pipeline's commands as the role."),
        new("codebuild.amazonaws.com", ["codebuild:CreateProject", "codebuild:StartBuild"], true, true, "Runs a build as the role.") { OnOne = true },
        new("codebuild.amazonaws.com", ["codebuild:CreateProject", "codebuild:StartBuildBatch"], true, true, "Runs builds as the role.") { OnOne = true },
        new("codebuild.amazonaws.com", ["codebuild:UpdateProject", "codebuild:StartBuild"], true, false, "Runs an existing project's build as the role."),
        new("codebuild.amazonaws.com", ["codebuild:UpdateProject"], true, false, "Changes an existing project that builds by itself."),
        new("codebuild.amazonaws.com", ["codebuild:CreateProject", "codebuild:CreateWebhook"], true, false, "Has builds run as the role by events."),
        new("codepipeline.amazonaws.com", ["codepipeline:CreatePipeline"], true, false, "Runs a pipeline's actions as the role."),
        new("codepipeline.amazonaws.com", ["codepipeline:UpdatePipeline"], true, false, "Changes an existing pipeline's actions."),
        new("states.amazonaws.com", ["states:CreateStateMachine", "states:StartExecution"], true, true, "Calls services as the role.") { OnOne = true },
        new("states.amazonaws.com", ["states:CreateStateMachine", "states:StartSyncExecution"], true, true, "Calls services as the role.") { OnOne = true },
        new("states.amazonaws.com", ["states:TestState"], true, true, "Calls services as the role."),
        new("states.amazonaws.com", ["states:UpdateStateMachine"], true, false, "Has an existing machine call services as the role."),
        new("ssm.amazonaws.com", ["ssm:StartAutomationExecution"], true, true, "Calls services as the role by an automation."),
        new("ssm.amazonaws.com", ["ssm:CreateAssociation"], true, false, "Has an automation call services as the role."),
        new("ssm.amazonaws.com", ["ssm:RegisterTaskWithMaintenanceWindow"], true, false, "Has tasks of a maintenance window run as the role."),
        new("elasticmapreduce.amazonaws.com", ["elasticmapreduce:RunJobFlow"], true, false, "Starts a cluster under the role."),
        new("emr-serverless.amazonaws.com", ["emr-serverless:CreateApplication", "emr-serverless:StartJobRun"], true, true, "Runs a script as the role."),
        new("emr-serverless.amazonaws.com", ["emr-serverless:StartJobRun"], true, false, "Runs a script as the role in an existing application."),
        new("build.apprunner.amazonaws.com", ["apprunner:CreateService"], true, false, "Builds a service under the role."),
        new("tasks.apprunner.amazonaws.com", ["apprunner:CreateService"], true, true, "Runs a container as the role."),
        new("tasks.apprunner.amazonaws.com", ["apprunner:UpdateService"], true, false, "Runs an existing service's new container as the role."),
        new("scheduler.amazonaws.com", ["scheduler:CreateSchedule"], true, true, "Calls services as the role on a schedule."),
        new("scheduler.amazonaws.com", ["scheduler:UpdateSchedule"], true, false, "Has an existing schedule call services as the role."),
        new("events.amazonaws.com", ["events:PutRule", "events:PutTargets"], true, false, "Has events start what the role may start."),
        new("events.amazonaws.com", ["events:PutTargets"], true, false, "Has events start what the role may start."),
        new("pipes.amazonaws.com", ["pipes:CreatePipe"], true, false, "Moves messages as the role."),
        new("apigateway.amazonaws.com", ["apigateway:POST", "apigateway:PUT"], true, false, "Has an interface call services as the role."),
        new("appsync.amazonaws.com", ["appsync:CreateDataSource"], true, false, "Has an interface call services as the role."),
        new("rolesanywhere.amazonaws.com", ["rolesanywhere:CreateTrustAnchor", "rolesanywhere:CreateProfile"], true, true, "Signs in as the role with certificates of its own."),
        new("rolesanywhere.amazonaws.com", ["rolesanywhere:CreateProfile"], true, false, "Signs in as the role with a certificate that is trusted already."),
        new("pods.eks.amazonaws.com", ["eks:CreatePodIdentityAssociation"], true, false, "Gives the role to containers of a cluster."),
        new("pods.eks.amazonaws.com", ["eks:UpdatePodIdentityAssociation"], true, false, "Gives the role to containers of a cluster."),
        new("eks-fargate-pods.amazonaws.com", ["eks:CreateFargateProfile"], true, false, "Starts containers under the role."),
        new("credentials.iot.amazonaws.com", ["iot:CreateRoleAlias"], true, false, "Gives the role to devices."),
        new("credentials.iot.amazonaws.com", ["iot:UpdateRoleAlias"], true, false, "Gives the role to devices."),
        new("iot.amazonaws.com", ["iot:CreateTopicRule"], true, false, "Has messages call services as the role."),
        new("kinesisanalytics.amazonaws.com", ["kinesisanalytics:CreateApplication", "kinesisanalytics:StartApplication"], true, true, "Runs a program as the role."),
        new("transfer.amazonaws.com", ["transfer:CreateUser"], true, false, "Reads and writes files as the role."),
        new("gamelift.amazonaws.com", ["gamelift:CreateFleet"], true, false, "Runs a server program as the role."),
        new("appstream.amazonaws.com", ["appstream:CreateFleet"], true, false, "Opens desktops that act as the role."),
        new("appstream.amazonaws.com", ["appstream:CreateImageBuilder"], true, false, "Opens a desktop that acts as the role."),
        new("airflow.amazonaws.com", ["airflow:CreateEnvironment"], true, false, "Runs workflows as the role."),
        new("airflow-env.amazonaws.com", ["airflow:CreateEnvironment"], true, false, "Runs workflows as the role."),
        new("bedrock.amazonaws.com", ["bedrock:CreateAgent"], true, false, "Has an agent act as the role."),
        new("bedrock-agentcore.amazonaws.com", ["bedrock-agentcore:CreateCodeInterpreter", "bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"], true, true, "Runs code as the role."),
        new("bedrock-agentcore.amazonaws.com", ["bedrock-agentcore:CreateAgentRuntime", "bedrock-agentcore:InvokeAgentRuntime"], true, true, "Runs a container as the role."),
        new("lambda.amazonaws.com", ["lambda:UpdateFunctionCode"], false, false, "Changes the code of a function, if there is one that runs as the role."),
        new("lambda.amazonaws.com", ["lambda:UpdateFunctionConfiguration"], false, false, "Adds a layer of code to a function, if there is one that runs as the role."),
        new("glue.amazonaws.com", ["glue:StartJobRun"], false, false, "Runs a job with libraries of its own, if there is one that runs as the role."),
        new("glue.amazonaws.com", ["glue:RunStatement"], false, false, "Runs statements in a session, if there is one that acts as the role."),
        new("glue.amazonaws.com", ["glue:UpdateDevEndpoint"], false, false, "Puts its key on a shell, if there is one that acts as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreatePresignedNotebookInstanceUrl"], false, false, "Opens a notebook, if there is one that acts as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreatePresignedDomainUrl"], false, false, "Opens a workbench, if there is one that acts as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:UpdateNotebookInstance"], false, false, "Has a notebook run a script of its own, if there is one that acts as the role."),
        new("ec2.amazonaws.com", ["ssm:SendCommand"], false, false, "Runs commands on a virtual machine, if there is one that acts as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["ssm:StartSession"], false, false, "Opens a shell on a virtual machine, if there is one that acts as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["ssm:CreateAssociation"], false, false, "Has commands run on a virtual machine, if there is one that acts as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["ec2-instance-connect:SendSSHPublicKey"], false, false, "Signs in to a virtual machine, if there is one that acts as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["ec2-instance-connect:SendSerialConsoleSSHPublicKey"], false, false, "Opens a console of a virtual machine, if there is one that acts as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["elasticmapreduce:AddJobFlowSteps"], false, false, "Runs steps on a cluster, if there is one that acts as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["ec2:ModifyInstanceAttribute", "ec2:StartInstances"], false, false, "Changes what a virtual machine runs, if there is one that acts as the role.") { ByInstanceProfile = true },
        new("ecs-tasks.amazonaws.com", ["ecs:ExecuteCommand"], false, false, "Opens a shell in a container, if there is one that acts as the role."),
        new("ecs-tasks.amazonaws.com", ["batch:SubmitJob"], false, false, "Runs a job with commands of its own, if there is one that acts as the role."),
        new("codebuild.amazonaws.com", ["codebuild:StartBuild"], false, false, "Runs a build with commands of its own, if there is a project that acts as the role."),
        new("codebuild.amazonaws.com", ["codebuild:StartBuildBatch"], false, false, "Runs builds with commands of its own, if there is a project that acts as the role."),
        new("states.amazonaws.com", ["states:UpdateStateMachine"], false, false, "Changes what a machine does, if there is one that acts as the role."),
        new("bedrock-agentcore.amazonaws.com", ["bedrock-agentcore:InvokeCodeInterpreter"], false, false, "Runs code, if there is an interpreter that acts as the role."),
        new("cloudformation.amazonaws.com", ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"], false, false, "Has a stack's new template carried out, if there is one under the role."),
    ];
}
