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

    /// <summary>Every action it takes.</summary>
    public string Key { get; } = string.Join(" + ", Passes ? ["iam:PassRole", .. Actions] : Actions);
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
        new("lambda.amazonaws.com", ["lambda:CreateFunction", "lambda:InvokeFunction"], true, true, "Runs a new function as the role."),
        new("lambda.amazonaws.com", ["lambda:CreateFunction", "lambda:CreateEventSourceMapping"], true, true, "Has a new function run as the role by events."),
        new("lambda.amazonaws.com", ["lambda:CreateFunction", "lambda:AddPermission"], true, true, "Lets others run a new function as the role."),
        new("lambda.amazonaws.com", ["lambda:CreateFunction", "lambda:CreateFunctionUrlConfig"], true, true, "Runs a new function as the role from anywhere."),
        new("cloudformation.amazonaws.com", ["cloudformation:CreateStack"], true, true, "Has a template carried out as the role."),
        new("cloudformation.amazonaws.com", ["cloudformation:UpdateStack"], true, false, "Has a stack's new template carried out as the role."),
        new("glue.amazonaws.com", ["glue:CreateDevEndpoint"], true, true, "Opens a shell that acts as the role."),
        new("glue.amazonaws.com", ["glue:CreateJob", "glue:StartJobRun"], true, true, "Runs a script as the role."),
        new("glue.amazonaws.com", ["glue:CreateJob", "glue:CreateTrigger"], true, true, "Has a script run as the role."),
        new("glue.amazonaws.com", ["glue:UpdateJob", "glue:StartJobRun"], true, false, "Runs an existing job's new script as the role."),
        new("glue.amazonaws.com", ["glue:CreateSession", "glue:RunStatement"], true, true, "Runs statements as the role."),
        new("ecs-tasks.amazonaws.com", ["ecs:RegisterTaskDefinition", "ecs:RunTask"], true, true, "Runs a container as the role."),
        new("ecs-tasks.amazonaws.com", ["ecs:RegisterTaskDefinition", "ecs:StartTask"], true, false, "Runs a container as the role on a registered host."),
        new("ecs-tasks.amazonaws.com", ["ecs:RegisterTaskDefinition", "ecs:CreateService"], true, true, "Runs containers as the role."),
        new("ecs-tasks.amazonaws.com", ["ecs:RegisterTaskDefinition", "ecs:UpdateService"], true, false, "Runs an existing service's new containers as the role."),
        new("batch.amazonaws.com", ["batch:CreateComputeEnvironment"], true, false, "Has machines started under the role."),
        new("ecs-tasks.amazonaws.com", ["batch:RegisterJobDefinition", "batch:SubmitJob"], true, false, "Runs a container as the role in an existing queue."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"], true, true, "Opens a notebook that acts as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreateTrainingJob"], true, true, "Runs a container as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreateProcessingJob"], true, true, "Runs a container as the role."),
        new("datapipeline.amazonaws.com", ["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"], true, true, "Runs a pipeline's commands as the role."),
        new("codebuild.amazonaws.com", ["codebuild:CreateProject", "codebuild:StartBuild"], true, true, "Runs a build as the role."),
        new("codebuild.amazonaws.com", ["codebuild:CreateProject", "codebuild:StartBuildBatch"], true, true, "Runs builds as the role."),
        new("codebuild.amazonaws.com", ["codebuild:UpdateProject", "codebuild:StartBuild"], true, false, "Runs an existing project's build as the role."),
        new("codepipeline.amazonaws.com", ["codepipeline:CreatePipeline"], true, false, "Runs a pipeline's actions as the role."),
        new("states.amazonaws.com", ["states:CreateStateMachine", "states:StartExecution"], true, true, "Calls services as the role."),
        new("ssm.amazonaws.com", ["ssm:StartAutomationExecution"], true, true, "Calls services as the role by an automation."),
        new("elasticmapreduce.amazonaws.com", ["elasticmapreduce:RunJobFlow"], true, false, "Starts a cluster under the role."),
        new("build.apprunner.amazonaws.com", ["apprunner:CreateService"], true, false, "Builds a service under the role."),
        new("tasks.apprunner.amazonaws.com", ["apprunner:CreateService"], true, true, "Runs a container as the role."),
        new("scheduler.amazonaws.com", ["scheduler:CreateSchedule"], true, true, "Calls services as the role on a schedule."),
        new("bedrock-agentcore.amazonaws.com", ["bedrock-agentcore:CreateCodeInterpreter", "bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"], true, true, "Runs code as the role."),
        new("lambda.amazonaws.com", ["lambda:UpdateFunctionCode"], false, false, "Changes the code of a function, if there is one that runs as the role."),
        new("lambda.amazonaws.com", ["lambda:UpdateFunctionConfiguration"], false, false, "Adds a layer of code to a function, if there is one that runs as the role."),
        new("glue.amazonaws.com", ["glue:UpdateDevEndpoint"], false, false, "Puts its key on a shell, if there is one that acts as the role."),
        new("sagemaker.amazonaws.com", ["sagemaker:CreatePresignedNotebookInstanceUrl"], false, false, "Opens a notebook, if there is one that acts as the role."),
        new("ec2.amazonaws.com", ["ssm:SendCommand"], false, false, "Runs commands on a virtual machine, if there is one that acts as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["ssm:StartSession"], false, false, "Opens a shell on a virtual machine, if there is one that acts as the role.") { ByInstanceProfile = true },
        new("ec2.amazonaws.com", ["ec2:ModifyInstanceAttribute", "ec2:StartInstances"], false, false, "Changes what a virtual machine runs, if there is one that acts as the role.") { ByInstanceProfile = true },
        new("ecs-tasks.amazonaws.com", ["ecs:ExecuteCommand"], false, false, "Opens a shell in a container, if there is one that acts as the role."),
        new("codebuild.amazonaws.com", ["codebuild:StartBuild"], false, false, "Runs a build with commands of its own, if there is a project that acts as the role."),
        new("cloudformation.amazonaws.com", ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"], false, false, "Has a stack's new template carried out, if there is one under the role."),
    ];
}
