using System.Diagnostics;
using System.Globalization;

using MPilot.Jobs.Imaging.Tests.Kit;

namespace MPilot.Jobs.Benchmarks;

/// <summary>OpenCV in a process of its own, by Debian's Python and a script beside this program. A script reads lines of paths, tab between, the last of which is where
/// its answer goes, and says how many seconds each took.</summary>
internal sealed class OpenCv : IDisposable
{
    // Debian's, whatever else the path offers: its package of OpenCV is for this one.
    private const string Python = "/usr/bin/python3";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mpilot-bench-");
    private readonly Process _process;

    private OpenCv(string script)
    {
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{Python} did not start.");
    }

    /// <summary>Fills holes: takes a picture and a mask that is white where the hole is.</summary>
    public static OpenCv Telea() => new("telea.py");

    /// <summary>Cuts subjects out: takes a photograph.</summary>
    public static OpenCv GrabCut() => new("grabcut.py");

    /// <param name="pictures">What the script reads, encoded.</param>
    /// <exception cref="InvalidOperationException">It ended: most likely OpenCV is not installed.</exception>
    public async Task<(Pixels Answer, TimeSpan Time)> AnswerAsync(params byte[][] pictures)
    {
        List<string> paths = [];
        foreach (var picture in pictures)
        {
            paths.Add(Path.Combine(_folder.FullName, $"picture{paths.Count}"));
            await File.WriteAllBytesAsync(paths[^1], picture);
        }

        var answer = Path.Combine(_folder.FullName, "answer.png");
        await _process.StandardInput.WriteLineAsync(string.Join('\t', paths.Append(answer)));
        await _process.StandardInput.FlushAsync();
        var seconds = await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"{Python} ended; OpenCV is Debian's python3-opencv.");
        return (Pixels.Decode(await File.ReadAllBytesAsync(answer)), TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
