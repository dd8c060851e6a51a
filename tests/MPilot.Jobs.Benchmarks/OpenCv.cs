using System.Diagnostics;
using System.Globalization;

using MPilot.Jobs.Imaging.Tests.Kit;

namespace MPilot.Jobs.Benchmarks;

/// <summary>OpenCV in a process of its own, by Debian's Python and a script beside this program.</summary>
internal sealed class OpenCv : IDisposable
{
    // Debian's, whatever else the path offers: its package of OpenCV is for this one.
    private const string Python = "/usr/bin/python3";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mpilot-bench-");
    private readonly Process _process;

    public OpenCv()
    {
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "telea.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{Python} did not start.");
    }

    /// <summary>Fills a hole by Telea's method.</summary>
    /// <exception cref="InvalidOperationException">It ended: most likely OpenCV is not installed.</exception>
    public async Task<(Pixels Filled, TimeSpan Time)> InpaintAsync(Pixels picture, bool[] hole)
    {
        string[] paths = [.. new[] { "picture.png", "mask.png", "answer.png" }.Select(name => Path.Combine(_folder.FullName, name))];
        await File.WriteAllBytesAsync(paths[0], picture.Png());
        await File.WriteAllBytesAsync(paths[1], Quality.White(hole, picture.Width).Png());
        await _process.StandardInput.WriteLineAsync(string.Join('\t', paths));
        await _process.StandardInput.FlushAsync();
        var seconds = await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"{Python} ended; OpenCV is Debian's python3-opencv.");
        return (Pixels.Decode(await File.ReadAllBytesAsync(paths[2])), TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
