using System.Reflection;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Attempts;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Orleans.Messages;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Orleans.Tests;

/// <summary>The names by which nodes of different versions know each other's grains and messages. Lines are added, never changed or taken away.</summary>
public sealed class ContractTests
{
    private static readonly string[] Pinned =
    [
        "grain mpilot-attempt", "grain mpilot-gate", "grain mpilot-job", "grain mpilot-node",
        "interface mpilot.jobs.attempt", "interface mpilot.jobs.gate", "interface mpilot.jobs.job", "interface mpilot.jobs.node",
        "message mpilot.jobs.carried", "message mpilot.jobs.carried 0 Json",
        "method mpilot.jobs.attempt start(CarriedMessage, Boolean)", "method mpilot.jobs.gate admit(String)", "method mpilot.jobs.gate count(CarriedMessage, String, String)",
        "method mpilot.jobs.gate release(String)", "method mpilot.jobs.gate renew(String)",
        "method mpilot.jobs.gate renounce(Int64)", "method mpilot.jobs.gate report(String, CarriedMessage)", "method mpilot.jobs.gate request(CarriedMessage)",
        "method mpilot.jobs.gate succeed(String)", "method mpilot.jobs.gate withdraw(String, Int32)",
        "method mpilot.jobs.job resume()", "method mpilot.jobs.job submit(CarriedMessage)", "method mpilot.jobs.job tell(CarriedMessage)",
        "method mpilot.jobs.node cancel(String, Int32)", "method mpilot.jobs.node settle()",
    ];

    private static readonly Type[] Own = [.. typeof(ClusterEngine).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith("MPilot.", StringComparison.Ordinal) == true)];

    [Fact]
    public void Names_WhenCompared_AreThoseOfEveryVersion()
        => Names().Order(StringComparer.Ordinal).ShouldBe(Pinned.Order(StringComparer.Ordinal));

    [Fact]
    public void Methods_WhenCalled_TakeACancellationTokenLast()
        => Interfaces().SelectMany(i => i.GetMethods()).ShouldAllBe(m => m.GetParameters().Last().ParameterType == typeof(CancellationToken));

    [Fact]
    public async Task CarriedMessage_WhenASubmissionTravels_ArrivesAsItWas()
    {
        var submission = await new World().SubmissionAsync([World.Step("a", retries: 2), World.Step("b")], count: 2);
        submission = submission with { Job = submission.Job with { BucketUrls = ["https://b.example/0?sig=1", "https://b.example/1?sig=2"] } };

        var arrived = CarriedMessage.Of(CarriedMessage.Of(submission).Read<JobSubmission>());

        CarriedMessage.Of(submission).Read<JobSubmission>().Job.BucketUrls.ShouldBe(submission.Job.BucketUrls);
        arrived.ShouldBe(CarriedMessage.Of(submission));
        JobTransitions.Accept(CarriedMessage.Of(submission).Read<JobSubmission>().Job).Events.Length
            .ShouldBe(JobTransitions.Accept(submission.Job).Events.Length);
    }

    [Fact]
    public async Task CarriedMessage_WhenAnOrderTravels_ArrivesAsItWas()
    {
        var submission = await new World().SubmissionAsync([World.Step("a", retries: 2)]);
        var order = new AttemptOrder
        {
            Tenant = "default", Job = "job_1", Attempt = 2, Slots = [0, 2], Step = submission.Job.Chain[0], Spec = submission.Job.Spec,
            Key = "main", Lease = "lea_1", GateEpoch = 3, Orphan = new("task_1", 7, ManualTime.Start), Deadline = ManualTime.Start.AddMinutes(1),
        };

        var arrived = CarriedMessage.Of(order).Read<AttemptOrder>();

        CarriedMessage.Of(arrived).ShouldBe(CarriedMessage.Of(order));
        arrived.Slots.ShouldBe(order.Slots);
        (arrived.GateEpoch, arrived.Orphan, arrived.Deadline).ShouldBe((order.GateEpoch, order.Orphan, order.Deadline));
    }

    [Fact]
    public void CarriedMessage_WhenClosedValuesTravel_KeepTheirKind()
    {
        Travelled<SubmitAnswer>(new SubmitAnswer.Attached("job_1", 2, IsReplay: true));
        Travelled<SubmitAnswer>(new SubmitAnswer.KeyReused());
        Travelled<GateAnswer>(new GateAnswer.Granted("main", "lease_1") { GateEpoch = 4 });
        Travelled<GateAdmission>(new GateAdmission.Overloaded(TimeSpan.FromSeconds(3)));
        Travelled(new GateReport(FailureKind.RateLimited, TimeSpan.FromSeconds(7)));
        Travelled(new TellAnswer(Verdict.Refused, "no_such_job"));
        Travelled<JobFact>(new JobFact.AttemptTakenUp(ManualTime.Start, 1, "node_a", 7, 6));
    }

    [Fact]
    public void IoHashing_WhenLoaded_IsTheRealOne()
        => Assembly.Load("System.IO.Hashing").GetType("System.IO.Hashing.XxHash32").ShouldNotBeNull();

    private static void Travelled<T>(T value) => CarriedMessage.Of(value).Read<T>().ShouldBe(value);

    private static IEnumerable<Type> Interfaces() => Own.Where(t => t.IsInterface && t.IsAssignableTo(typeof(IGrain)));

    private static IEnumerable<string> Names()
    {
        var grains = Own.Where(t => t.IsClass && t.IsAssignableTo(typeof(Grain)))
            .Select(t => $"grain {t.CustomAttributes.Single(a => a.AttributeType == typeof(GrainTypeAttribute)).ConstructorArguments[0].Value}");
        var interfaces = Interfaces().Select(t => $"interface {AliasOf(t)}");
        var methods = Interfaces().SelectMany(t => t.GetMethods(), (t, m) => $"method {AliasOf(t)} {AliasOf(m)}({Parameters(m)})");
        var messages = Own.Where(t => t.GetCustomAttribute<GenerateSerializerAttribute>() is not null).ToList();
        var members = messages.SelectMany(
            t => t.GetProperties().Where(p => p.GetCustomAttribute<IdAttribute>() is not null),
            (t, p) => $"message {AliasOf(t)} {p.GetCustomAttribute<IdAttribute>()!.Id} {p.Name}");
        return [.. grains, .. interfaces, .. methods, .. messages.Select(t => $"message {AliasOf(t)}"), .. members];
    }

    private static string AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>().ShouldNotBeNull(member.Name).Alias;

    private static string Parameters(MethodInfo method) => string.Join(", ", method.GetParameters().SkipLast(1).Select(p => p.ParameterType.Name));
}
