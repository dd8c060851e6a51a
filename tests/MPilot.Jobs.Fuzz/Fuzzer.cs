namespace MPilot.Jobs.Fuzz;

/// <summary>Feeds a target one input after another, each made from a number of its own.</summary>
internal sealed class Fuzzer(IFuzzTarget target, TimeProvider time)
{
    /// <summary>More findings say no more.</summary>
    private const int MostFindings = 20;

    /// <summary>Bytes of an input that is shown with its finding.</summary>
    private const int MostShown = 2_000;

    /// <summary>How long one input may take. What takes longer is tried once more: the machine may be busy with something else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>For a while.</summary>
    public async Task<FuzzReport> RunAsync(int seed, TimeSpan length)
    {
        var start = time.GetTimestamp();
        return await RunAsync(seed, _ => time.GetElapsedTime(start) < length);
    }

    /// <summary>As long as wanted.</summary>
    /// <param name="seed">Decides about all inputs.</param>
    /// <param name="goOn">Told how many inputs there were.</param>
    public async Task<FuzzReport> RunAsync(int seed, Func<long, bool> goOn)
    {
        var findings = new List<Finding>();
        var cases = new Random(seed);
        long executions = 0;
        for (; goOn(executions) && findings.Count < MostFindings; executions++)
        {
            if (await TryAsync(cases.Next()) is { } finding)
            {
                findings.Add(finding);
            }
        }

        return new(executions, findings);
    }

    /// <summary>Feeds one input, for the first time or again.</summary>
    public async Task<Finding?> TryAsync(int number)
    {
        try
        {
            await FeedAsync(number);
        }
        catch (TimeoutException)
        {
            return await TryPatientlyAsync(number);
        }
        catch (Exception fault)
        {
            return new(number, $"{fault}\n    input: {Shown(target.Next(new Random(number)))}");
        }

        return null;
    }

    private async Task<Finding?> TryPatientlyAsync(int number)
    {
        try
        {
            await FeedAsync(number);
            return null;
        }
        catch (Exception fault)
        {
            return new(number, fault is TimeoutException ? "takes longer than a second" : fault.ToString());
        }
    }

    /// <summary>Small inputs are shown whole, as base64.</summary>
    private static string Shown(byte[] input) => input.Length <= MostShown ? Convert.ToBase64String(input) : $"{input.Length} bytes";

    private Task FeedAsync(int number)
    {
        var random = new Random(number);
        var input = target.Next(random);
        return Task.Run(() => target.FeedAsync(input, random)).WaitAsync(Patience, time);
    }
}
