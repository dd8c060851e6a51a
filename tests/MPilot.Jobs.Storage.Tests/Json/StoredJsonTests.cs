using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Tests.Json;

public sealed class StoredJsonTests
{
    [Fact]
    public void Write_WhenEveryMemberIsSet_IsTheGoldenState() => Text(JobStateJson.Write(FullJob.State)).ShouldBe(Golden("job_state.1.json"));

    [Theory]
    [InlineData("job_state.1.json")]
    [InlineData("job_state.1.accepted.json")]
    [InlineData("job_state.1.no_overrides.json")]
    [InlineData("job_state.1.untraced.json")]
    [InlineData("job_state.1.no_webhook.json")]
    [InlineData("job_state.1.no_buckets.json")]
    public void Read_WhenGolden_IsWrittenAgainByteForByte(string name)
    {
        var golden = Golden(name);

        var state = JobStateJson.Read(Encoding.UTF8.GetBytes(golden));

        Text(JobStateJson.Write(state)).ShouldBe(golden);
    }

    [Fact]
    public void Read_WhenOptionalMembersAreAbsent_LeavesNoDefaultArrays()
    {
        var state = JobStateJson.Read(Encoding.UTF8.GetBytes(Golden("job_state.1.required.json")));

        FindUnset(state, "state").ShouldBeEmpty();
        state.Metadata.ShouldBeEmpty();
        state.Chain[0].Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Read_WhenTheSchemaIsNewer_IsRefused()
        => Should.Throw<JsonException>(() => JobStateJson.Read(JobStateJson.Write(FullJob.State with { Schema = JobState.CurrentSchema + 1 })));

    [Fact]
    public void Events_WhenWritten_AreTheGoldenOnesAndComeBackEqual()
    {
        var lines = Golden("job_events.jsonl").Split('\n');

        FullJob.Events.Select(e => Text(JobEventJson.Write(e))).ShouldBe(lines);
        lines.Select(l => JobEventJson.Read(Encoding.UTF8.GetBytes(l))).ShouldBe(FullJob.Events);
    }

    [Fact]
    public void Events_WhenThereAreMoreKinds_AreAllGolden()
        => FullJob.Events.Select(e => e.GetType()).ShouldBe(typeof(JobEvent).GetNestedTypes().Where(t => !t.IsAbstract), ignoreOrder: true);

    [Fact]
    public void StoredName_WhenAsked_IsTheNameInTheJson()
    {
        StoredName<FailureKind>.Of(FailureKind.DeadlineExceeded).ShouldBe("deadline_exceeded");
        foreach (var status in Enum.GetValues<AttemptStatus>())
        {
            StoredName<AttemptStatus>.Parse(StoredName<AttemptStatus>.Of(status)).ShouldBe(status);
        }
    }

    private static string Golden(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"golden/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd('\n');
    }

    private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);

    /// <summary>Paths of arrays that are <c>default</c> and maps that are <c>null</c>, anywhere below.</summary>
    private static IEnumerable<string> FindUnset(object node, string path)
    {
        foreach (var property in node.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.CanWrite))
        {
            var value = property.GetValue(node);
            var here = $"{path}.{property.Name}";
            if (property.PropertyType == typeof(ImmutableDictionary<string, string>) && value is null)
            {
                yield return here;
            }
            else if (property.PropertyType.Name.StartsWith("ImmutableArray", StringComparison.Ordinal))
            {
                var isDefault = (bool)property.PropertyType.GetProperty("IsDefault")!.GetValue(value)!;
                var below = isDefault ? [here] : ((IEnumerable)value!).Cast<object>().SelectMany((item, i) => FindUnset(item, $"{here}[{i}]"));
                foreach (var found in below)
                {
                    yield return found;
                }
            }
            else if (value is not null && property.PropertyType.Namespace!.StartsWith("MPilot", StringComparison.Ordinal) && !property.PropertyType.IsEnum)
            {
                foreach (var found in FindUnset(value, here))
                {
                    yield return found;
                }
            }
        }
    }
}
